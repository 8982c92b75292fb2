import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** One migration on disk. */
export type Migration = {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text in hex, as Prisma keeps it of what it has applied. */
  readonly checksum: string;
};

/** A migration of this text. */
export function toMigration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

/**
 * The migrations on disk, in the order they are applied in.
 *
 * @param only Names; all when left out.
 */
export async function readMigrations(only?: readonly string[]): Promise<readonly Migration[]> {
  const folder = new URL('../../prisma/migrations/', import.meta.url);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && (only?.includes(entry.name) ?? true))
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) =>
      toMigration(name, await readFile(new URL(`${name}/migration.sql`, folder), 'utf8')),
    ),
  );
}
