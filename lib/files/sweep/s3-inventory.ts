import type { S3Settings } from '#lib/core/env/storage-env.ts';
import { createS3Client, type S3Client } from '#lib/core/http/s3-client.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { s3Key } from '../storage/s3-store.ts';
import type { FileInventory } from './file-inventory.ts';

const markKey = '.store-mark';
const trash = '.trash/';
const keyForm = /^[0-9a-f]{2}\/[0-9a-f]{2}\/([0-9a-f]{32})\/[a-z0-9]+$/;

/**
 * A bucket as the sweep sees it. Keys that are not ours are never touched: a bucket may hold other things too. What is
 * thrown away is copied below `.trash/` first, and can be copied back by hand.
 */
export function createS3Inventory(settings: S3Settings): FileInventory {
  const client = createS3Client(settings);
  const folderOf = (id: string) => s3Key(id, '');

  return {
    perLook: 20,
    async readMark() {
      const found = await client.get(markKey);
      return found ? (await found.text()).trim() : null;
    },
    writeMark: (mark) => client.put(markKey, Buffer.from(`${mark}\n`), 'text/plain'),
    list: () => listIds(client),
    async has(id) {
      return (await client.head(s3Key(id, 'original'))) !== null;
    },
    async toTrash(id) {
      for await (const { key } of client.list(folderOf(id))) {
        if (await client.copy(key, trash + key)) await client.remove(key);
      }
    },
    async emptyTrash(before) {
      const kept = new Set<string>();
      const emptied = new Set<string>();
      for await (const { key, changedAt } of client.list(trash)) {
        const id = keyForm.exec(key.slice(trash.length))?.[1];
        if (id === undefined) continue;
        if (changedAt >= before) {
          kept.add(id);
          continue;
        }
        await client.remove(key);
        emptied.add(id);
      }
      return [...emptied].filter((id) => !kept.has(id)).length;
    },
    async dropUnfinished(before) {
      let dropped = 0;
      for await (const upload of client.unfinished()) {
        if (upload.begunAt >= before || !keyForm.test(upload.key)) continue;
        await client.abort(upload);
        dropped += 1;
      }
      return dropped;
    },
  };
}

/** The ids in order of their names, each with the moment of its newest size. */
async function* listIds(client: S3Client): AsyncGenerator<{ id: string; changedAt: Date }> {
  let current: { id: string; changedAt: Date } | undefined;
  for await (const { key, changedAt } of client.list('')) {
    const id = keyForm.exec(key)?.[1];
    if (id === undefined || !isRandomId(id) || !key.startsWith(s3Key(id, ''))) continue;
    if (current && current.id !== id) yield current;
    current =
      current?.id === id
        ? { id, changedAt: new Date(Math.max(changedAt.getTime(), current.changedAt.getTime())) }
        : { id, changedAt };
  }
  if (current) yield current;
}
