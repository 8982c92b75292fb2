import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { indexName, type Manifest } from './manifest.ts';
import type { PictureFolder } from './picture-folder.ts';
import { writeMeasured } from './streams.ts';

const page = 500;
const namedAtMost = 20;

/** The ids of stored files in the snapshot that the connection holds, a page at a time. */
async function* storedIds(client: Client): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM stored_files WHERE id > $1 ORDER BY id LIMIT $2',
      [after, page],
    );
    for (const { id } of rows) yield id;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/**
 * Copies the files that the snapshot's rows name, and an index of them. A file is there before its row and never
 * changes, so what the rows name is whole; what was deleted since the snapshot is told as missing.
 */
export async function writeFiles(
  client: Client,
  pictures: PictureFolder,
  target: string,
): Promise<Manifest['files'] & { kind: 'local' }> {
  const index = new PassThrough();
  const written = writeMeasured(index, join(target, indexName), [createGzip()]);
  // A full disk shows here first; the writer must not wait for a reader that is gone.
  written.catch((error: Error) => index.destroy(error));
  const totals = { count: 0, bytes: 0, missing: [] as string[], missingCount: 0 };
  const take = async (path: string) => {
    const to = join(target, 'files', path);
    // Opened before anything is made for it: what is gone leaves nothing.
    const source = await pictures.read(path);
    if (!source) return;
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const measured = await writeMeasured(source, to);
    totals.count += 1;
    totals.bytes += measured.bytes;
    if (!index.write(`${JSON.stringify({ path, ...measured })}\n`)) await once(index, 'drain');
  };
  await take('.store-mark');
  for await (const id of storedIds(client)) {
    const folder = `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`;
    const sizes = (await pictures.list(folder)).filter((name) => /^[a-z0-9]+$/.test(name)).sort();
    if (!sizes.includes('original')) {
      totals.missingCount += 1;
      if (totals.missing.length < namedAtMost) totals.missing.push(id);
    }
    for (const size of sizes) await take(`${folder}/${size}`);
  }
  index.end();
  const { sha256 } = await written;
  return { kind: 'local', indexSha256: sha256, ...totals };
}
