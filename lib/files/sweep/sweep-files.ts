import { system } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { deleteImage } from '../image/delete-image.ts';
import { noteMissing } from '../image/store.ts';
import { sweepLimits } from '../policy.ts';
import { checkStoreMark } from './check-store-mark.ts';
import type { FileInventory } from './file-inventory.ts';
import { settleLoss, settleLostResults, settleLostSent } from './settle-lost-files.ts';
import { deleteFileRow, listFilesAfter, listKnownFiles, noteFound, type WatchedFile } from './store.ts';

export type SweepReport = {
  /** Stored files that no row names: into the trash, or on the list of what the hosted service is to forget. */
  readonly filesWithoutRow: readonly string[];
  /** Rows whose file is not there: watched for a week, then deleted with their image. */
  readonly rowsWithoutFile: readonly string[];
  readonly looked: { readonly files: number; readonly rows: number };
  readonly repaired: {
    readonly trashed: number;
    readonly emptied: number;
    readonly watched: number;
    readonly deletedRows: number;
    /** Uploads in parts that were given up. */
    readonly dropped: number;
  };
};

const batch = 500;
const hourMs = 3_600_000;

/**
 * Looks for files without a row and rows without a file, and repairs both so that a mistake can be taken
 * back for a week. Nothing younger than a day is touched; a store that belongs to another database, or one
 * in which most seems lost, is left alone. With `repair: false` it only looks.
 */
export async function sweepFiles(options: {
  inventory: FileInventory;
  repair: boolean;
  now?: Date;
}): Promise<Result<SweepReport>> {
  const { inventory, repair, now = new Date() } = options;
  const before = (hours: number) => new Date(now.getTime() - hours * hourMs);
  const belongs = await checkStoreMark(inventory, repair);
  if (!belongs.ok) return belongs;

  const files = await findFilesWithoutRow(inventory, before(sweepLimits.untouchedHours));
  const rows = await findRowsWithoutFile(inventory);
  const report = {
    filesWithoutRow: files.orphans,
    rowsWithoutFile: rows.missing.map(({ fileId }) => fileId),
    looked: { files: files.looked, rows: rows.looked },
  };
  if (!repair)
    return succeed({
      ...report,
      repaired: { trashed: 0, emptied: 0, watched: 0, deletedRows: 0, dropped: 0 },
    });
  for (const [found, looked] of [
    [files.orphans.length, files.looked],
    [rows.missing.length, rows.looked],
  ] as const) {
    if (found > sweepLimits.manyOrphans && found > looked / 2) {
      return fail('state.illegal', `${found} of ${looked} seem lost: that is no clutter, look first`);
    }
  }

  let trashed = 0;
  // Asked once more, right before it goes out of sight.
  const known = await listKnownFiles(files.orphans);
  for (const id of files.orphans) {
    if (known.has(id)) continue;
    await inventory.toTrash(id);
    trashed += 1;
  }
  await noteFound(rows.foundAgain);
  const lost = rows.missing.filter(
    ({ missingAt }) => missingAt !== null && missingAt < before(sweepLimits.graceHours),
  );
  await noteMissing(report.rowsWithoutFile);
  await settleLostResults(inventory);
  for (const file of lost) await forget(file);
  const emptied = await inventory.emptyTrash(before(sweepLimits.graceHours));
  const dropped = (await inventory.dropUnfinished?.(before(sweepLimits.untouchedHours))) ?? 0;
  const repaired = {
    trashed,
    emptied,
    watched: rows.missing.length - lost.length,
    deletedRows: lost.length,
    dropped,
  };
  if (trashed + rows.missing.length + emptied + dropped > 0)
    log.warn({ repaired }, 'files and rows did not agree');
  return succeed({ ...report, repaired });
}

async function findFilesWithoutRow(inventory: FileInventory, untouchedSince: Date) {
  const orphans: string[] = [];
  let looked = 0;
  let ids: string[] = [];
  const ask = async () => {
    const known = await listKnownFiles(ids);
    orphans.push(...ids.filter((id) => !known.has(id)));
    looked += ids.length;
    ids = [];
  };
  for await (const { id, changedAt } of inventory.list()) {
    if (changedAt >= untouchedSince) continue;
    ids.push(id);
    if (ids.length === batch) await ask();
  }
  await ask();
  return { orphans, looked };
}

async function findRowsWithoutFile(inventory: FileInventory) {
  const missing: WatchedFile[] = [];
  const foundAgain: string[] = [];
  let looked = 0;
  let after = '';
  for (;;) {
    const rows = await listFilesAfter(after, batch, sweepLimits.untouchedHours * 3600);
    for (const row of rows) {
      if (!(await inventory.has(row.fileId))) missing.push(row);
      else if (row.missingAt !== null) foundAgain.push(row.fileId);
    }
    looked += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return { missing, foundAgain, looked };
    after = last.fileId;
  }
}

/** An image that was nowhere for a week is taken off its owner's list, who gets back what it took and is told. */
async function forget(file: WatchedFile): Promise<void> {
  const { fileId, imageId, owner } = file;
  if (file.sentOf !== null) return settleLostSent(file);
  if (imageId === null) return deleteFileRow(fileId);
  await settleLoss(fileId);
  const deleted = await deleteImage(owner, imageId, { actor: system, reason: 'lost' });
  if (!deleted.ok) log.info({ imageId, detail: deleted.detail }, 'a lost image was not deleted');
}
