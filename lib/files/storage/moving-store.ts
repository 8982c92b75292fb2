import { fail } from '#lib/core/result.ts';
import type { FileRemover, FileSizes, FileStore } from './file-store.ts';

type WholeStore = FileStore & FileRemover;

/**
 * A store while its pictures are being moved from another: everything new goes to `next`, what is not there yet is read
 * from `before`, and what goes leaves both. The order is what keeps a picture visible: it is written to the next store
 * before anything asks for it there, and nothing is taken from the one before but with its picture.
 */
export function createMovingStore(next: WholeStore, before: WholeStore): WholeStore {
  const read: FileStore['read'] = async (id, variant) =>
    (await next.read(id, variant)) ?? before.read(id, variant);
  return {
    put: next.put,
    read,
    open: async (id, variant, range) =>
      (await next.open(id, variant, range)) ?? before.open(id, variant, range),
    async copy(fromId, toId, sizes, access) {
      const bytes: FileSizes = {};
      for (const variant of sizes) {
        const found = await read(fromId, variant);
        if (!found) return fail('notFound', `${fromId} has no ${variant}`);
        Object.assign(bytes, { [variant]: found });
      }
      return next.put(toId, bytes, access);
    },
    async remove(id) {
      await next.remove(id);
      await before.remove(id);
    },
  };
}
