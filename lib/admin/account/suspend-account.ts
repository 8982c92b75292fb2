import { recordEvent } from '#lib/audit/record-event.ts';
import { revokeSessionRows } from '#lib/auth/session/store.ts';
import type { SuspensionKind } from '#lib/auth/suspension.ts';
import type { AccountKind, AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { findAccountRow, setSuspended } from './store.ts';

type Account = { kind: AccountKind; id: string };

async function refusal(tx: Tx, { kind, id }: Account, state: string) {
  const account = await findAccountRow(tx, kind, id);
  return account ? fail('state.illegal', `${kind} ${id} is ${state}`) : fail('notFound', `no ${kind} ${id}`);
}

/**
 * Takes an account out of use at once: every session ends in the same commit, and a vendor's gallery is gone for
 * visitors. Its owner reads at the next sign-in what it is for. Nothing is deleted. Nobody suspends themselves: there might be nobody left to restore them. Fails with
 * `state.illegal` when it is suspended already.
 */
export async function suspendAccount(
  actor: AdminActor,
  { suspendedFor, ...account }: Account & { readonly suspendedFor: SuspensionKind },
): Promise<Result<{ ended: number }>> {
  const { kind, id } = account;
  if (id === actor.userId) return fail('state.illegal', 'one does not suspend oneself');
  return transact(async (tx) => {
    if (!(await setSuspended(tx, kind, id, suspendedFor))) return refusal(tx, account, 'suspended already');
    const ended = await revokeSessionRows(tx, kind, id);
    await recordEvent(tx, actor, 'account.suspend', {
      resource: kind,
      resourceId: id,
      metadata: { ended, suspendedFor },
    });
    return succeed({ ended });
  });
}

/** Lets a suspended account be used again; its owner signs in anew. */
export async function restoreAccount(actor: AdminActor, account: Account): Promise<Result<null>> {
  const { kind, id } = account;
  return transact(async (tx) => {
    if (!(await setSuspended(tx, kind, id, null))) return refusal(tx, account, 'in use');
    await recordEvent(tx, actor, 'account.restore', { resource: kind, resourceId: id });
    await recordNotice(tx, { kind, accountId: id }, 'account.restore');
    return succeed(null);
  });
}

/** Ends every session of an account; its owner may sign in again. */
export async function endSessions(actor: AdminActor, account: Account): Promise<Result<{ ended: number }>> {
  const { kind, id } = account;
  return transact(async (tx) => {
    if (!(await findAccountRow(tx, kind, id))) return fail('notFound', `no ${kind} ${id}`);
    const ended = await revokeSessionRows(tx, kind, id, actor.userId === id ? actor.sessionId : null);
    await recordEvent(tx, actor, 'session.revoke', {
      resource: kind,
      resourceId: id,
      metadata: { others: ended },
    });
    return succeed({ ended });
  });
}
