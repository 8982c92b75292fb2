import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { codeFor } from '../code/codes.ts';
import { type Agent, describeAgent } from '../session/describe-agent.ts';
import { isAdmin, listOpenCodeRows, refuseOpenCodes } from './store.ts';

/** A code for signing in elsewhere, as a signed-in device shows it. */
export type OpenCode = {
  readonly code: string;
  /** What asks for it, by what it says of itself. */
  readonly agent: Agent;
  readonly createdAt: Date;
  readonly endsInSeconds: number;
};

type Owner = AccountActor & { readonly phone: string };

/** What waits to be typed on another device. The codes are computed for this one answer; they are kept and sent nowhere. */
export async function listOpenCodes(actor: Owner): Promise<OpenCode[]> {
  const owner = accountOf(actor);
  // Asked for before the rights came, perhaps.
  if (await isAdmin(db(), owner)) return [];
  const rows = await listOpenCodeRows(db(), owner, actor.phone);
  return rows.map(({ id, asker, createdAt, endsInSeconds }) => ({
    code: codeFor(id),
    agent: describeAgent(asker),
    createdAt,
    endsInSeconds,
  }));
}

/** "That is not me": ends every such code. */
export async function refuseCodes(actor: Owner): Promise<Result<{ ended: number }>> {
  const owner = accountOf(actor);
  return transact(async (tx) => {
    const ended = await refuseOpenCodes(tx, owner, actor.phone);
    if (ended > 0)
      await recordEvent(tx, actor, 'code.refuse', {
        resource: 'code',
        metadata: { kind: owner.kind, ended },
      });
    return succeed({ ended });
  });
}
