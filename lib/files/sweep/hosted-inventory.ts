import { isRandomId } from '#lib/core/random-id.ts';
import { variantNames } from '../policy.ts';
import { createHostedApi, createHostedStore, type HostedUploads } from '../storage/hosted-store.ts';
import type { FileInventory } from './file-inventory.ts';
import { deleteOrphanNotes, findStoreMark, listKnownFiles, listOrphansBefore, noteOrphan } from './store.ts';

const pageSize = 500;
const deleteAtOnce = 100;
const markName = /^store-mark-([0-9a-f]{32})$/;
const keptName = /^([0-9a-f]{32})-[a-z0-9]+$/;

/** What lies at the service, from one look at all of it. */
type Inventory = {
  mark: string | null;
  /** Kept images: our id and when the last of their sizes came. */
  kept: Map<string, Date>;
  /** What browsers sent and nobody removed after it was taken in: the upload's id. */
  sent: Map<string, Date>;
};

/**
 * The store at the hosted service as its caretaker sees it. Whose it is stands in the name of a small file.
 * Names that are not ours are never touched: an app there may keep other things too. A list that is read in
 * pages while files come and go can miss one, so that what seems lost is asked for by its name. A look that lists nothing
 * asks by name alone.
 */
export function createHostedInventory(service: HostedUploads): FileInventory {
  const hosted = createHostedApi(service);
  const store = createHostedStore(service);
  let looked: Promise<Inventory> | undefined;

  async function look(): Promise<Inventory> {
    const { api } = await hosted();
    const found: Inventory = { mark: null, kept: new Map(), sent: new Map() };
    for (let offset = 0; ; offset += pageSize) {
      const { files, hasMore } = await api.listFiles({ limit: pageSize, offset });
      for (const { customId, uploadedAt, status } of files) {
        if (customId === null || status !== 'Uploaded') continue;
        const at = new Date(uploadedAt);
        const id = keptName.exec(customId)?.[1];
        if (id) found.kept.set(id, new Date(Math.max(at.getTime(), found.kept.get(id)?.getTime() ?? 0)));
        else if (isRandomId(customId)) found.sent.set(customId, at);
        else found.mark ??= markName.exec(customId)?.[1] ?? null;
      }
      if (!hasMore || files.length === 0) return found;
    }
  }
  const inventory = () => {
    looked ??= look();
    return looked;
  };

  async function remove(names: readonly string[]): Promise<void> {
    const { api } = await hosted();
    for (let at = 0; at < names.length; at += deleteAtOnce) {
      const { success } = await api.deleteFiles(names.slice(at, at + deleteAtOnce), { keyType: 'customId' });
      if (!success) throw new Error('the hosted service did not delete');
    }
  }

  /** Whether there is a file of this name, by its first byte. */
  async function isThere(name: string): Promise<boolean> {
    const found = await store.ask(name, { range: 'bytes=0-0' });
    await found?.body?.cancel();
    return found !== null;
  }

  return {
    perLook: 10,
    async readMark() {
      const ours = looked ? null : await findStoreMark();
      // Ours is asked for by its name; only whose it is otherwise has to be looked for.
      return ours !== null && (await isThere(`store-mark-${ours}`)) ? ours : (await inventory()).mark;
    },
    async writeMark(mark) {
      const { api, UTFile } = await hosted();
      const name = `store-mark-${mark}`;
      const file = new UTFile([mark], name, { customId: name, type: 'text/plain' });
      const { error } = await api.uploadFiles(file, { acl: 'private' });
      if (error) throw new Error(`the hosted service did not take the mark: ${error.message}`);
    },
    async *list() {
      for (const [id, changedAt] of (await inventory()).kept) yield { id, changedAt };
    },
    async has(id) {
      if (looked && (await looked).kept.has(id)) return true;
      return isThere(`${id}-original`);
    },
    toTrash: noteOrphan,
    async emptyTrash(before) {
      const { sent } = await inventory();
      const left = [...sent].filter(([, at]) => at < before).map(([id]) => id);
      const due = await listOrphansBefore(before);
      const known = await listKnownFiles(due);
      const gone = due.filter((id) => !known.has(id));
      await remove([...left, ...gone.flatMap((id) => variantNames.map((variant) => `${id}-${variant}`))]);
      await deleteOrphanNotes(due);
      return left.length + gone.length;
    },
  };
}
