import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { type Agent, describeAgent } from './describe-agent.ts';
import { listLiveSessions } from './device-store.ts';

/** A signed-in device as its owner sees it. */
export type DeviceView = {
  readonly id: string;
  readonly agent: Agent;
  readonly lastUsedAt: Date;
  readonly createdAt: Date;
  /** The one that asks. */
  readonly isThisOne: boolean;
};

/** Every device that is signed in to an account; the one that asks comes first. */
export async function listDevices(actor: AccountActor): Promise<DeviceView[]> {
  const { kind, accountId } = accountOf(actor);
  const rows = await listLiveSessions(db(), kind, accountId);
  return rows
    .map(({ id, userAgent, lastUsedAt, createdAt }) => ({
      id,
      agent: describeAgent(userAgent),
      lastUsedAt,
      createdAt,
      isThisOne: id === actor.sessionId,
    }))
    .sort((left, right) => Number(right.isThisOne) - Number(left.isThisOne));
}
