import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountKind, system } from '#lib/core/actor.ts';
import { succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import type { SessionClaims } from './session-token.ts';
import { revokeSessionRow } from './store.ts';

/** Ends a session whose token is in two hands, writes it down and tells its owner; once, however often it is shown. */
export async function endCopiedIn(
  tx: Tx,
  kind: AccountKind,
  claims: SessionClaims,
  current: number,
): Promise<void> {
  if (!(await revokeSessionRow(tx, kind, claims.sub, claims.sid))) return;
  await recordEvent(tx, system, 'session.reuse', {
    resource: 'session',
    resourceId: claims.sid,
    metadata: { kind, presented: claims.gen, current },
  });
  await recordNotice(tx, { kind, accountId: claims.sub }, 'session.reuse');
}

/** The same in a transaction of its own. */
export async function endCopied(kind: AccountKind, claims: SessionClaims, current: number): Promise<void> {
  await transact(async (tx) => {
    await endCopiedIn(tx, kind, claims, current);
    return succeed(null);
  });
}
