import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { readdressImage } from '#lib/files/image/publish-image.ts';
import type { RefusalReason } from '#lib/files/moderation/policy.ts';
import { decideModeration } from '#lib/files/review/decide-moderation.ts';
import { findWaitingCase, insertTakeDown, undoRefusal } from '#lib/files/review/store.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { undoDays } from '../policy.ts';
import { closeReportsOf, findVendorOfImage, refuseImage } from './store.ts';

type Taken = { readonly vendorId: string; readonly id: string; readonly why: RefusalReason };

/**
 * Takes an image from everybody's eyes, under a new address: what is cached elsewhere leads nowhere. What waited for
 * a word has it now. The rest is `refuseTaken`'s, in the transaction of the action.
 */
export async function hideTaken(actor: AdminActor, { vendorId, id, why }: Taken): Promise<Result<unknown>> {
  const vendor = { kind: 'vendor', vendorId, sessionId: actor.sessionId } as const;
  const hidden = await readdressImage(vendor, id, 'private', actor);
  // In the trash, or deleted meanwhile, nobody sees it anyway.
  if (!hidden.ok && hidden.code !== 'notFound') return hidden;
  const waiting = await findWaitingCase(id);
  return waiting ? decideModeration(waiting, { decision: 'refused', why }, actor) : succeed(null);
}

/** Refuses an image that was hidden and tells its vendor why; false when it was refused before, or is gone. */
export async function refuseTaken(tx: Tx, { vendorId, id, why }: Taken): Promise<boolean> {
  if (!(await refuseImage(tx, id))) return false;
  await insertTakeDown(tx, id, why);
  await recordNotice(tx, { kind: 'vendor', accountId: vendorId }, 'picture.remove', { why });
  return true;
}

/**
 * Takes a vendor's image down for good. Its vendor still has it and is told why. Fails with `notFound` when there is
 * no such image, and with `state.illegal` when it was taken down before.
 */
export async function takeDownImage(
  actor: AdminActor,
  { id, why }: { id: string; why: RefusalReason },
): Promise<Result<null>> {
  const vendorId = await findVendorOfImage(db(), id);
  if (!vendorId) return fail('notFound', `no image ${id} of a vendor`);
  const isWaiting = (await findWaitingCase(id)) !== null;
  const hidden = await hideTaken(actor, { vendorId, id, why });
  if (!hidden.ok) return hidden;
  return transact<null>(async (tx) => {
    await closeReportsOf(tx, id, { state: 'removed', decidedBy: actor.userId });
    // Its word was told and written down with the case.
    if (isWaiting) return succeed(null);
    if (!(await refuseTaken(tx, { vendorId, id, why }))) {
      return fail('state.illegal', `image ${id} was taken down before`);
    }
    await recordEvent(tx, actor, 'image.moderate', {
      resource: 'image',
      resourceId: id,
      metadata: { decision: 'refused', why },
    });
    return succeed(null);
  });
}

/**
 * Takes a take-down or the refusal of a gallery image back, within thirty days. The image is like any other that was
 * accepted: its vendor is told and shows it again when they like. Fails with `state.illegal` when there is nothing to
 * take back any more.
 */
export function putBackImage(actor: AdminActor, { id }: { id: string }): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    const vendorId = await undoRefusal(tx, id, undoDays);
    if (!vendorId) return fail('state.illegal', `nothing about image ${id} can be taken back`);
    await recordNotice(tx, { kind: 'vendor', accountId: vendorId }, 'picture.accept', { what: 'again' });
    await recordEvent(tx, actor, 'image.moderate', {
      resource: 'image',
      resourceId: id,
      metadata: { decision: 'accepted', undone: true },
    });
    return succeed(null);
  });
}
