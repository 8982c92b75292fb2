import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The unprivileged account a database server runs as when we are root (PostgreSQL refuses to be root). */
export type ServerAccount = { readonly uid: number; readonly gid: number };

function lookUp(name: string): ServerAccount | null {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/**
 * Null when we are not root: the server then runs as ourselves. As root: the system account `postgres`,
 * made when it is missing, else `nobody`.
 */
export function serverAccount(): ServerAccount | null {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null;
  const existing = lookUp('postgres');
  if (existing) return existing;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
      stdio: 'ignore',
    });
  } catch {
    // A machine without useradd (or with a read-only /etc): `nobody` exists everywhere.
  }
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account)
    throw new Error('PostgreSQL cannot run as root, and no account "postgres" could be made for it.');
  return account;
}

/** The first folder on the way to `path` that `account` may not enter, or null when it can get there. */
export function firstClosedFolder(path: string, account: ServerAccount): string | null {
  const parents: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    parents.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  for (const folder of parents) {
    let stat: ReturnType<typeof statSync>;
    try {
      stat = statSync(folder);
    } catch {
      return null;
    }
    const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001;
    if (stat.isDirectory() && (stat.mode & bit) === 0) return folder;
  }
  return null;
}
