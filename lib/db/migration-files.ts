import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const prismaFolder = new URL('../../prisma/', import.meta.url);

/**
 * The migrations on disk, in the shape that Prisma's schema engine reads.
 *
 * @param only Names; all when left out.
 */
export async function readMigrations(only?: readonly string[]) {
  const folder = new URL('migrations/', prismaFolder);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && (only?.includes(entry.name) ?? true))
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: fileURLToPath(folder),
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(new URL('migration_lock.toml', folder), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(new URL(`${name}/migration.sql`, folder), 'utf8'),
          },
        },
      })),
    ),
  };
}

/** The migrations on disk with the checksums that the engine keeps of those it has applied. */
export async function listKnownMigrations(): Promise<{ name: string; checksum: string }[]> {
  const { migrationDirectories } = await readMigrations();
  return migrationDirectories.map(({ path, migrationFile }) => ({
    name: path,
    checksum: createHash('sha256').update(migrationFile.content.value).digest('hex'),
  }));
}

/** `schema.prisma`, as the schema engine reads it. */
export async function readSchema(): Promise<{ path: string; content: string }> {
  const file = new URL('schema.prisma', prismaFolder);
  return { path: fileURLToPath(file), content: await readFile(file, 'utf8') };
}
