import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { firstClosedFolder, type ServerAccount } from './account.ts';
import { sharedRoot } from './binaries.ts';

export type ClusterHome = { readonly folder: string; readonly movedBecause: string | null };

/** Nearest ancestor that exists: permissions are decided there. */
function existing(path: string): string {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  return realpathSync(folder);
}

/**
 * The folder that holds one database cluster, made when missing. As root the server runs under an account of
 * its own, which must be able to get there: below a closed home the default place moves to /var/lib, and a
 * place that was asked for by name is refused with a sentence that names DATA_DIR.
 */
export function clusterHome(
  dataDir: string,
  account: ServerAccount | null,
  dataDirIsDefault: boolean,
): ClusterHome {
  const wanted = join(resolve(dataDir), 'postgres');
  const closed = account && firstClosedFolder(existing(wanted), account);
  if (!closed) {
    mkdirSync(wanted, { recursive: true });
    return { folder: wanted, movedBecause: null };
  }
  if (!dataDirIsDefault) {
    throw new Error(
      `The database server runs as its own user (PostgreSQL refuses to run as root), and that user may not enter ${closed}. Set DATA_DIR to a folder it can reach, for example DATA_DIR=/var/lib/ai-stayler.`,
    );
  }
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const folder = join(sharedRoot, name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return {
    folder,
    movedBecause: `The database's own user may not enter ${closed}, so its data is kept in ${folder} (set DATA_DIR to choose another place).`,
  };
}
