import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { serverAccount } from '#scripts/database/account.ts';

const run = promisify(execFile);

/**
 * Copies the cluster below `from` to `to` while it works, by the server's own functions, as `pg_basebackup` does: the copy is
 * whole together with the log that was written meanwhile, which it gets from an archive or from its primary.
 *
 * @param url Of an owner who may call `pg_backup_start`.
 * @param signal What the copy begins as: `standby` follows, `recovery` replays an archive.
 */
export async function copyBase(
  url: string,
  from: string,
  to: string,
  signal: 'standby' | 'recovery',
): Promise<void> {
  const account = serverAccount();
  const data = join(to, 'postgres', 'data');
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('copy', true)");
    // A file may go while it is copied; what it held is in the log.
    await run('cp', ['-a', join(from, 'postgres'), to]).catch(() => undefined);
    const { rows } = await client.query<{ labelfile: string }>(
      'SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)',
    );
    for (const left of ['postmaster.pid', 'postmaster.opts', 'pg_wal'])
      rmSync(join(data, left), { recursive: true, force: true });
    mkdirSync(join(data, 'pg_wal', 'archive_status'), { recursive: true, mode: 0o700 });
    writeFileSync(join(data, 'backup_label'), rows[0]?.labelfile ?? '', { mode: 0o600 });
    writeFileSync(join(data, `${signal}.signal`), '', { mode: 0o600 });
    const made = ['pg_wal', 'pg_wal/archive_status', 'backup_label', `${signal}.signal`];
    if (account) for (const name of made) chownSync(join(data, name), account.uid, account.gid);
  } finally {
    await client.end();
  }
}
