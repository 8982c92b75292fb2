import { newRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { FileInventory } from './file-inventory.ts';
import { countStoredFiles, findStoreMark, insertStoreMark, listKnownFiles } from './store.ts';

/** So many files of a store are looked at before it is believed to belong to a database that has no mark. */
const sampled = 50;

/**
 * Makes sure that this store and this database belong together: a sweep with another database's address, or
 * before the disk is mounted, would find everything orphaned. The first time, when neither carries a mark,
 * they are married only if the store is empty or its files are known.
 */
export async function checkStoreMark(inventory: FileInventory, mayWrite: boolean): Promise<Result<null>> {
  const [ours, theirs] = [await findStoreMark(), await inventory.readMark()];
  if (ours !== null && ours === theirs) return succeed(null);
  if (theirs !== null) return fail('state.illegal', 'this store of files belongs to another database');

  const ids: string[] = [];
  for await (const { id } of inventory.list()) {
    ids.push(id);
    if (ids.length >= sampled) break;
  }
  if (ours !== null && (ids.length > 0 || (await countStoredFiles()) > 0)) {
    return fail('state.illegal', 'the store of files that belongs to this database is not here');
  }
  if (ids.length > 0 && (await listKnownFiles(ids)).size === 0) {
    return fail('state.illegal', 'this database knows none of the files in this store');
  }
  if (mayWrite) await inventory.writeMark(ours ?? (await insertStoreMark(newRandomId())));
  return succeed(null);
}
