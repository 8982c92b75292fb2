import { z } from 'zod';
import { recordEvent } from '#lib/audit/record-event.ts';
import { type Actor, system } from '#lib/core/actor.ts';
import type { TimeCursor } from '#lib/core/cursor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { readVariant } from '../image/read-image.ts';
import { commitFiles } from '../storage/commit-files.ts';
import * as store from './store.ts';

/** What waits for an operator, oldest first, after the cursor. */
export function listModeration(limit = 50, after: TimeCursor | null = null): Promise<store.WaitingCase[]> {
  return store.listWaitingCases(limit, after);
}

/** The picture that a case is about, as a JPEG, for the operator's eyes. */
export async function readModerated(caseId: string): Promise<Result<Buffer>> {
  const imageId = z.uuid().safeParse(caseId).success ? await store.findWaitingImage(caseId) : null;
  return imageId ? readVariant(imageId, 'original') : fail('notFound', 'nothing waits under this id');
}

/**
 * Tells the owner what became of a picture that waited. One that only could not be looked at in its first minute and
 * has nothing against it is not worth a word: nobody noticed.
 */
async function tellOwner(
  tx: Tx,
  caseId: string,
  decision: 'accepted' | 'refused',
  chargeReturned: boolean,
): Promise<void> {
  const picture = await store.findDecidedPicture(tx, caseId);
  const accountId = picture?.userId ?? picture?.vendorId;
  if (!picture || !accountId || (decision === 'accepted' && picture.reason === 'unchecked')) return;
  const owner = { kind: picture.userId ? ('user' as const) : ('vendor' as const), accountId };
  await recordNotice(tx, owner, decision === 'accepted' ? 'picture.accept' : 'picture.refuse', {
    what: picture.type,
    returned: chargeReturned ? 'yes' : 'no',
    ...(picture.conversionId && { id: picture.conversionId }),
  });
}

/**
 * An operator's word. An accepted picture is like any other from now on; a refused one loses its bytes at once,
 * and the charge of a refused result comes back. Fails with `notFound` when it was decided before.
 */
export async function decideModeration(
  caseId: string,
  decision: 'accepted' | 'refused',
  actor: Actor = system,
): Promise<Result<{ imageId: string; chargeReturned: boolean }>> {
  if (!z.uuid().safeParse(caseId).success) return fail('notFound', 'no case has such an id');
  return commitFiles(async (tx) => {
    const found = await store.decideCase(tx, caseId, decision);
    if (!found) return fail('notFound', `nothing waits under ${caseId}`);
    await recordEvent(tx, actor, 'image.moderate', {
      resource: 'image',
      resourceId: found.imageId,
      metadata: { decision, chargeReturned: found.chargeReturned },
    });
    await tellOwner(tx, caseId, decision, found.chargeReturned);
    const { imageId, fileId, chargeReturned } = found;
    return succeed({ value: { imageId, chargeReturned }, gone: [fileId] });
  });
}
