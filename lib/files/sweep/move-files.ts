import { createHash } from 'node:crypto';
import type { VariantName } from '../policy.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { FileInventory } from './file-inventory.ts';
import { findStoreMark, listKnownFiles, listSizesAfter, type StoredSizes } from './store.ts';

export type MoveReport = {
  /** Sizes that were copied, that were there already, and that are in neither store. */
  copied: number;
  kept: number;
  missing: string[];
  /** Of what was copied, in bytes. */
  bytes: number;
};

const page = 200;
const atOnce = 8;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/**
 * Copies every picture that a row names from one store to another while the program runs with both (STORAGE and
 * STORAGE_BEFORE). A size that is there already with the same length is left (`isThorough`: with the same checksum), so
 * that a move which was interrupted goes on where it stood; each copy is read back and compared. Nothing is removed from
 * the first store. What goes meanwhile leaves nothing behind: the sweep takes a copy that no row names.
 */
export async function moveFiles(options: {
  readonly from: FileStore;
  readonly to: FileStore;
  readonly inventory: FileInventory;
  readonly isThorough: boolean;
  readonly onPage?: (report: MoveReport) => void;
}): Promise<MoveReport> {
  const { from, to, inventory, isThorough, onPage } = options;
  const report: MoveReport = { copied: 0, kept: 0, missing: [], bytes: 0 };

  async function moveSize({ fileId, isPublic }: StoredSizes, size: VariantName): Promise<void> {
    const there = isThorough ? await to.read(fileId, size) : await lengthOf(to, fileId, size);
    const length = there instanceof Buffer ? there.length : there;
    if (length !== null && !isThorough && length === (await lengthOf(from, fileId, size))) {
      report.kept += 1;
      return;
    }
    const bytes = await from.read(fileId, size);
    if (!bytes) {
      // What came since the move began is only in the new store.
      if (length !== null) report.kept += 1;
      else if ((await listKnownFiles([fileId])).has(fileId)) report.missing.push(`${fileId}/${size}`);
      return;
    }
    if (there instanceof Buffer && sha256(there) === sha256(bytes)) {
      report.kept += 1;
      return;
    }
    const put = await to.put(fileId, { [size]: bytes }, isPublic ? 'public' : 'private');
    if (!put.ok) throw new Error(`${fileId}/${size} was not taken: ${put.detail}`);
    const back = await to.read(fileId, size);
    if (back && sha256(back) !== sha256(bytes)) throw new Error(`${fileId}/${size} came back as other bytes`);
    report.copied += 1;
    report.bytes += bytes.length;
  }

  const mark = await findStoreMark();
  if (mark !== null && (await inventory.readMark()) === null) await inventory.writeMark(mark);
  for (let after = ''; ; ) {
    const rows = await listSizesAfter(after, page);
    const waiting = rows.flatMap((row) => row.sizes.map((size) => ({ row, size })));
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await moveSize(next.row, next.size);
      }),
    );
    onPage?.(report);
    const last = rows.at(-1);
    if (!last || rows.length < page) return report;
    after = last.fileId;
  }
}

async function lengthOf(store: FileStore, fileId: string, size: VariantName): Promise<number | null> {
  const found = await store.open(fileId, size, { start: 0, end: 0 });
  await found?.stream.cancel();
  return found?.size ?? null;
}
