import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountKind, AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { replaceAvatar } from '#lib/files/avatar/store.ts';
import type { RefusalReason } from '#lib/files/moderation/policy.ts';
import { commitFiles } from '#lib/files/storage/commit-files.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';

/**
 * Takes the image of an account down: it is deleted, and its owner is told why. Fails with `notFound` when the account
 * has none.
 */
export function takeAvatar(
  actor: AdminActor,
  { kind, id, why }: { kind: AccountKind; id: string; why: RefusalReason },
): Promise<Result<null>> {
  return commitFiles<null>(async (tx) => {
    const gone = await replaceAvatar(tx, kind === 'user' ? { userId: id } : { vendorId: id }, null);
    if (!gone) return fail('notFound', `${kind} ${id} has no picture`);
    await recordEvent(tx, actor, 'image.moderate', {
      resource: kind,
      resourceId: id,
      metadata: { field: 'avatar', decision: 'refused', why },
    });
    await recordNotice(tx, { kind, accountId: id }, 'avatar.remove', { why });
    return succeed({ value: null, gone: [gone] });
  });
}
