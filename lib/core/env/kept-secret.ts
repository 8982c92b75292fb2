import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A secret made once and kept under the data folder, for an installation that sets none. Several processes
 * may start at once: the first whole file wins and all read it (a hard link never replaces a file).
 */
export function keptSecret(dataDir: string, name: string): string {
  const folder = join(/* turbopackIgnore: true */ dataDir, 'secrets');
  const file = join(folder, name);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Only this folder is closed: the database's own user has to pass through the one above.
    mkdirSync(dataDir, { recursive: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    return readFileSync(file, 'utf8');
  }
}
