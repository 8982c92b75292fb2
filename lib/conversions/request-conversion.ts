import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { findQuota } from '#lib/quota/store.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { findOwnPhoto, recordConversion } from './store.ts';

/** Paid accounts go first. */
const paidPriority = 10;

/**
 * Charges one conversion, records it and queues its job: all three or none. Fails with `notFound` for a photo
 * that is not the actor's, `quota.exceeded` when nothing is left, `account.*` when it may not convert.
 */
export async function requestConversion(
  actor: UserActor,
  request: { imageId: string; style: StyleName },
): Promise<Result<{ id: string }>> {
  return transact(async (tx) => {
    const photo = await findOwnPhoto(tx, actor.userId, request.imageId);
    if (!photo) return fail('notFound', `photo ${request.imageId} is not one of user ${actor.userId}`);
    const id = await recordConversion(tx, {
      userId: actor.userId,
      inputUrl: photo.url,
      style: request.style,
      sourceImageId: photo.id,
    });
    const { paidLimit } = await findQuota(tx, actor.userId);
    await enqueue(
      tx,
      'conversion.run',
      { conversionId: id },
      { priority: paidLimit > 0 ? paidPriority : 0, groupId: actor.userId },
    );
    await recordEvent(tx, actor, 'conversion.request', {
      resource: 'conversion',
      resourceId: id,
      metadata: { style: request.style },
    });
    return succeed({ id });
  });
}
