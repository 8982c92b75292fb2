import { recordEvent } from '#lib/audit/record-event.ts';
import { system } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { noteMissing } from '../image/store.ts';
import { sweepLimits } from '../policy.ts';
import { checkStoreMark } from './check-store-mark.ts';
import type { FileInventory } from './file-inventory.ts';
import {
  deleteSentRow,
  listFilesAfter,
  listLostResults,
  noteFound,
  settleLostFile,
  type WatchedFile,
} from './store.ts';

const youngestSeconds = 300;

/** Where the look of this process goes on. */
let after = '';

/**
 * Looks whether the next few stored files are there (a disk of a million is gone through in half a day), around and around, and writes down which are not. What has
 * been missing for long is settled with its owner. A store that is not the one of this database, or most of whose files
 * seem lost, is left alone: that is a disk which is not mounted. Answers how many are missing among those it looked at.
 */
export async function lookAtFiles(inventory: FileInventory): Promise<number> {
  const belongs = await checkStoreMark(inventory, false);
  if (!belongs.ok) {
    log.error({ detail: belongs.detail }, 'files were not looked at');
    return 0;
  }
  const { perLook } = inventory;
  const rows = await listFilesAfter(after, perLook, youngestSeconds);
  after = rows.length < perLook ? '' : (rows.at(-1)?.fileId ?? '');
  const missing: string[] = [];
  const found: string[] = [];
  for (const { fileId, missingAt } of rows) {
    if (!(await inventory.has(fileId))) missing.push(fileId);
    else if (missingAt !== null) found.push(fileId);
  }
  if (missing.length > sweepLimits.manyOrphans && missing.length > rows.length / 2) {
    log.error({ missing: missing.length, looked: rows.length }, 'most files seem lost: look first');
    return missing.length;
  }
  if (missing.length > 0) await noteMissing(missing);
  if (found.length > 0) await noteFound(found);
  await settleLostResults(inventory);
  return missing.length;
}

/** Gives the charges of lost results back and tells their owners, each once; looked for a last time before. */
export async function settleLostResults(inventory: FileInventory): Promise<void> {
  for (const fileId of await listLostResults(sweepLimits.lostResultSeconds)) {
    if (await inventory.has(fileId)) await noteFound([fileId]);
    else await settleLoss(fileId);
  }
}

/** Settles the loss of one missing image: what was paid for it comes back, and its owner is told. An upload goes with it. */
export async function settleLoss(fileId: string): Promise<void> {
  await transact(async (tx) => {
    const lost = await settleLostFile(tx, fileId);
    if (!lost) return succeed(null);
    const { imageId, userId, vendorId, imageType, conversionId, chargeReturned } = lost;
    await recordEvent(tx, system, 'image.lose', {
      resource: 'image',
      resourceId: imageId,
      metadata: { fileId, chargeReturned },
    });
    const owner = userId
      ? { kind: 'user' as const, accountId: userId }
      : { kind: 'vendor' as const, accountId: vendorId ?? '' };
    await recordNotice(tx, owner, 'picture.lost', {
      what: imageType,
      returned: chargeReturned ? 'yes' : 'no',
      ...(conversionId && { id: conversionId }),
    });
    log.error({ imageId, chargeReturned }, 'a picture is lost');
    return succeed(null);
  });
}

/** A file as it was sent that was nowhere for a week is forgotten, and its vendor is told; the picture made from it stays. */
export async function settleLostSent({ fileId, sentOf, owner }: WatchedFile): Promise<void> {
  await transact(async (tx) => {
    if (sentOf === null || !('vendorId' in owner) || !(await deleteSentRow(tx, fileId))) return succeed(null);
    const metadata = { fileId, chargeReturned: false };
    await recordEvent(tx, system, 'image.lose', { resource: 'image', resourceId: sentOf, metadata });
    const vendor = { kind: 'vendor' as const, accountId: owner.vendorId };
    await recordNotice(tx, vendor, 'picture.lost', { what: 'sent', returned: 'no' });
    log.error({ imageId: sentOf }, 'a file as it was sent is lost');
    return succeed(null);
  });
}
