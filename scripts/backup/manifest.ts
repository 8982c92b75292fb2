import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** What stands in `manifest.json`, the last file of a backup to be written: without it there is no backup. */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);

export const manifestSchema = z.object({
  format: z.literal(1),
  /** The database's clock when the snapshot was taken. */
  takenAt: z.string(),
  serverVersion: z.string(),
  /** Tells whether a secret is the one under which this was written, and nothing else about it. */
  secretMark: z.string(),
  /** Everything that was applied, with the checksums the server keeps of them. */
  migrations: z.array(z.object({ name: z.string(), checksum: sha256 })).min(1),
  tables: z.array(
    z.object({
      name,
      columns: z.array(name).min(1),
      rows: z.int().min(0),
      /** Of the compressed file `tables/<name>.copy.gz`. */
      bytes: z.int().min(0),
      sha256,
    }),
  ),
  sequences: z.array(z.object({ name, lastValue: z.string(), isCalled: z.boolean() })),
  files: z.object({
    /** `hosted`: they lie at the upload service, and only the rows that name them are here. */
    kind: z.enum(['local', 'hosted']),
    count: z.int().min(0),
    bytes: z.int().min(0),
    /** Of `files.ndjson.gz`, which names each file with its length and checksum. */
    indexSha256: sha256.nullable(),
    /** Rows whose file was not there any more, and how many there are in all. */
    missing: z.array(z.string()),
    missingCount: z.int().min(0),
  }),
});

export type Manifest = z.output<typeof manifestSchema>;
export type TableEntry = Manifest['tables'][number];
export type SequenceEntry = Manifest['sequences'][number];

/** One line of the index of files. */
export const fileEntrySchema = z.object({
  /** Below `files/`, with slashes. */
  path: z.string().regex(/^(\.store-mark|[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{32}\/[a-z0-9]+)$/),
  bytes: z.int().min(0),
  sha256,
});

export type FileEntry = z.output<typeof fileEntrySchema>;

export const manifestName = 'manifest.json';
export const indexName = 'files.ndjson.gz';

/** A mark of the installation's secret: codes, links and sessions of the backup are good only under the same one. */
export function markOfSecret(secret: string): string {
  return createHmac('sha256', secret).update('ai-stayler backup').digest('hex').slice(0, 16);
}
