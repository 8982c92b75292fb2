import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';

/** Any number, the same for all nodes. The node that holds it migrates; backups share it. */
const migrationLock = 727_100_315;
const pollMs = 200;
/** A backup of everything takes minutes; a longer wait than this is for something that is stuck. */
const longestWaitMs = 30 * 60_000;

/**
 * Takes the lock of migrations until the session ends, by asking again and again: a session that waits inside the
 * server would be waited for by CREATE INDEX CONCURRENTLY, and both would stand still.
 *
 * @param mode `shared`: others may hold it too, but nobody migrates.
 */
export async function takeMigrationLock(
  client: Client,
  mode: 'alone' | 'shared' = 'alone',
  onWait: () => void = () => undefined,
): Promise<void> {
  const take = mode === 'alone' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared';
  const until = performance.now() + longestWaitMs;
  for (let turn = 0; ; turn += 1) {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT ${take}($1) AS taken`, [migrationLock]);
    if (rows[0]?.taken) return;
    if (performance.now() > until)
      throw new Error('another migration or a backup has not ended for half an hour');
    if (turn === 0) onWait();
    await sleep(pollMs);
  }
}
