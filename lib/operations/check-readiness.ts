import { db } from '#lib/db/client.ts';
import { checkDatabase, type DatabaseHealth } from '#lib/db/health.ts';
import { checkStorage, type StorageHealth } from '#lib/files/storage/check-storage.ts';
import { readQueueFigures } from './metrics/store.ts';

export type Readiness = {
  /** `degraded`: people are served, and somebody should look. */
  readonly status: 'ready' | 'degraded' | 'not ready';
  readonly checks: {
    readonly database: DatabaseHealth;
    readonly storage: StorageHealth;
    /** `late`: jobs wait longer than they do while workers work. */
    readonly queue: 'ok' | 'late' | 'unknown';
  };
};

/** From here on nobody seems to take jobs: a message has long lost its reader, a picture its three minutes. */
const lateSeconds: Readonly<Record<string, number>> = { 'sms.send': 60, 'conversion.run': 180 };

async function checkQueue(): Promise<Readiness['checks']['queue']> {
  try {
    const queues = await readQueueFigures(db());
    const isLate = queues.some(
      ({ queue, oldestSeconds }) => oldestSeconds > (lateSeconds[queue] ?? Infinity),
    );
    return isLate ? 'late' : 'ok';
  } catch {
    return 'unknown';
  }
}

async function check(): Promise<Readiness> {
  const [database, storage] = await Promise.all([checkDatabase(), checkStorage()]);
  const queue = database === 'ok' ? await checkQueue() : 'unknown';
  const checks = { database, storage: storage.state, queue };
  // A late queue and a full disk are no reason to take this process away: what can be read is served all the same.
  if (database !== 'ok' || storage.state === 'down') return { status: 'not ready', checks };
  return { status: queue === 'ok' && storage.state !== 'full' ? 'ready' : 'degraded', checks };
}

const keptMs = 500;
let latest: { at: number; answer: Promise<Readiness> } | undefined;

/**
 * Whether this process can serve people now. Asked by anybody as often as they like: one answer serves everybody for
 * half a second. Never throws.
 *
 * @param maxAgeMs How old an answer may be.
 */
export function checkReadiness(maxAgeMs = keptMs): Promise<Readiness> {
  const now = performance.now();
  if (!latest || now - latest.at >= maxAgeMs) latest = { at: now, answer: check() };
  return latest.answer;
}
