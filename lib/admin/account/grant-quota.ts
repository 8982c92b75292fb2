import { randomUUID } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountKind, AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { insertGrant, isGranted, lockFreeRemaining } from './store.ts';

/**
 * Grants free conversions to a user or gallery images to a vendor; a negative amount takes them back, never more
 * than are left. Answers with what is left then. Asked for again under its id, nothing more is granted.
 */
export async function grantQuota(
  actor: AdminActor,
  grant: { kind: AccountKind; id: string; amount: number },
  grantId: string = randomUUID(),
): Promise<Result<{ remaining: number }>> {
  const { kind, id, amount } = grant;
  return transact(async (tx) => {
    const before = await lockFreeRemaining(tx, kind, id);
    if (before === null) return fail('notFound', `no ${kind} ${id}`);
    if (await isGranted(tx, kind, id, grantId)) return succeed({ remaining: before });
    if (before + amount < 0) {
      const fields = { amount: 'admin.grant.tooMuch' };
      return fail('input.invalid', `only ${before} are left of ${id}`, { fields });
    }
    const { reason, userId } = actor;
    await insertGrant(tx, kind, { id: grantId, accountId: id, amount, reason, grantedBy: userId });
    await recordEvent(tx, actor, 'quota.grant', { resource: kind, resourceId: id, metadata: { amount } });
    // What is taken back is not told here: it is seen where it is missing, with whoever was asked about it.
    if (amount > 0) {
      const resource = kind === 'user' ? 'conversions' : 'images';
      await recordNotice(tx, { kind, accountId: id }, 'quota.grant', { count: String(amount), resource });
    }
    return succeed({ remaining: before + amount });
  });
}
