import { z } from 'zod';
import { recordEvent } from '#lib/audit/record-event.ts';
import { type Actor, system } from '#lib/core/actor.ts';
import type { TimeCursor } from '#lib/core/cursor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { readdressImage } from '../image/publish-image.ts';
import { readVariant } from '../image/read-image.ts';
import type { RefusalReason } from '../moderation/policy.ts';
import { commitFiles } from '../storage/commit-files.ts';
import * as store from './store.ts';

/** What waits for an operator, oldest first, after the cursor. */
export function listModeration(
  limit = 50,
  after: TimeCursor | null = null,
  reason: store.CaseReason | null = null,
): Promise<store.WaitingCase[]> {
  return store.listWaitingCases(limit, after, reason);
}

/** The picture that a case is about, as a JPEG, for the operator's eyes. */
export async function readModerated(caseId: string): Promise<Result<Buffer>> {
  const imageId = z.uuid().safeParse(caseId).success ? await store.findWaitingImage(caseId) : null;
  return imageId ? readVariant(imageId, 'original') : fail('notFound', 'nothing waits under this id');
}

/** Whether only showing it to everybody was asked: its owner keeps the image either way. */
const isPublication = (reason: store.CaseReason) => reason !== 'uncertain' && reason !== 'unchecked';

type Decision = {
  readonly decision: 'accepted' | 'refused';
  /** The reason of a refusal that the owner reads. */
  readonly why?: RefusalReason;
  /** What else is settled by the word, in its transaction: what visitors said about the image. */
  readonly also?: (tx: Tx, imageId: string) => Promise<void>;
};

/**
 * Tells the owner what became of an image that waited, and why. One that only could not be looked at in its first
 * minute and has nothing against it is not worth a word: nobody noticed.
 */
async function tellOwner(
  tx: Tx,
  caseId: string,
  { decision, why: told }: Decision,
  { chargeReturned }: store.DecidedCase,
): Promise<void> {
  const picture = await store.findDecidedPicture(tx, caseId);
  const accountId = picture?.userId ?? picture?.vendorId;
  if (!picture || !accountId || (decision === 'accepted' && picture.reason === 'unchecked')) return;
  const owner = { kind: picture.userId ? ('user' as const) : ('vendor' as const), accountId };
  const isShown = isPublication(picture.reason);
  if (decision === 'refused' && isShown)
    return recordNotice(tx, owner, 'picture.remove', { why: told ?? 'other' });
  await recordNotice(tx, owner, decision === 'accepted' ? 'picture.accept' : 'picture.refuse', {
    what: isShown ? 'shown' : picture.type,
    returned: chargeReturned ? 'yes' : 'no',
    ...(decision === 'refused' && told && { why: told }),
    ...(picture.conversionId && { id: picture.conversionId }),
  });
}

/** Shows an image that was accepted for that; one that is gone or in the trash by now is not. */
async function show(imageId: string, by: Actor): Promise<void> {
  const vendorId = await store.findVendorOf(imageId);
  if (!vendorId) return;
  const vendor = { kind: 'vendor', vendorId, sessionId: '' } as const;
  const shown = await readdressImage(vendor, imageId, 'public', by);
  if (!shown.ok) log.warn({ imageId, errorCode: shown.code }, 'an accepted picture was not shown');
}

/**
 * An operator's word. An accepted image is like any other from now on, and shown where that was asked; a refused
 * photo or result loses its bytes at once, and the charge of a refused result comes back. An image that may not be
 * shown stays its vendor's. Fails with `notFound` when it was decided before.
 */
export async function decideModeration(
  caseId: string,
  decided: Decision,
  actor: Actor = system,
): Promise<Result<{ imageId: string; chargeReturned: boolean }>> {
  if (!z.uuid().safeParse(caseId).success) return fail('notFound', 'no case has such an id');
  const { decision, why = 'other' } = decided;
  const done = await commitFiles<store.DecidedCase>(async (tx) => {
    const found = await store.decideCase(tx, caseId, decision, why);
    if (!found) return fail('notFound', `nothing waits under ${caseId}`);
    await recordEvent(tx, actor, 'image.moderate', {
      resource: 'image',
      resourceId: found.imageId,
      metadata: {
        decision,
        chargeReturned: found.chargeReturned,
        ...(decision === 'refused' && { why }),
      },
    });
    await tellOwner(tx, caseId, decided, found);
    await decided.also?.(tx, found.imageId);
    return succeed({ value: found, gone: [found.fileId] });
  });
  if (!done.ok) return done;
  const { imageId, reason, chargeReturned } = done.value;
  if (decision === 'accepted' && isPublication(reason)) await show(imageId, actor);
  return succeed({ imageId, chargeReturned });
}
