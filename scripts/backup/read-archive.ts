import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { Notice } from '../steps/progress.ts';
import {
  type FileEntry,
  fileEntrySchema,
  indexName,
  type Manifest,
  manifestName,
  manifestSchema,
} from './manifest.ts';
import { type Measured, measureFile } from './streams.ts';

/** The manifest of a backup. Throws a sentence for people when the folder is none. */
async function readManifest(source: string): Promise<Manifest> {
  const text = await readFile(join(source, manifestName), 'utf8').catch(() => null);
  if (text === null) throw new Notice(`${source} is no backup: it has no ${manifestName}.`);
  const parsed = manifestSchema.safeParse(safeJson(text));
  if (!parsed.success) throw new Notice(`${join(source, manifestName)} is damaged, or of another version.`);
  return parsed.data;
}

/** The files of a backup, one after the other. */
export async function* readFileIndex(source: string): AsyncGenerator<FileEntry> {
  const lines = createInterface({
    input: createReadStream(join(source, indexName)).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) yield fileEntrySchema.parse(safeJson(line));
}

async function requireFile(path: string, expected: Partial<Measured>): Promise<void> {
  const found = await measureFile(path).catch(() => null);
  if (!found) throw new Notice(`The backup is not whole: ${path} is missing.`);
  const isSame =
    found.sha256 === expected.sha256 && (expected.bytes === undefined || found.bytes === expected.bytes);
  if (!isSame) throw new Notice(`The backup is damaged: ${path} is not what was written.`);
}

/** Reads a backup from end to end and compares every checksum. Touches no database. */
export async function checkArchive(source: string): Promise<Manifest> {
  const manifest = await readManifest(source);
  for (const table of manifest.tables) {
    await requireFile(join(source, 'tables', `${table.name}.copy.gz`), table);
  }
  if (manifest.files.indexSha256 !== null) {
    await requireFile(join(source, indexName), { sha256: manifest.files.indexSha256 });
    let count = 0;
    for await (const { path, ...expected } of readFileIndex(source)) {
      await requireFile(join(source, 'files', path), expected);
      count += 1;
    }
    if (count !== manifest.files.count)
      throw new Notice('The backup is damaged: its index of files is not whole.');
  }
  return manifest;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
