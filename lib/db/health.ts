import { log } from '#lib/core/log.ts';
import { db } from './client.ts';

const answerTimeoutMs = 2_000;

/** Whether the database answers in time and its migrations are done. Never throws. */
export async function isDatabaseReady(): Promise<boolean> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the database did not answer in time')), answerTimeoutMs).unref();
  });
  try {
    const asked = db().$queryRaw<[{ unfinished: number }]>`
      SELECT count(*)::int AS unfinished FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
    const [{ unfinished }] = await Promise.race([asked, late]);
    return unfinished === 0;
  } catch (error) {
    log.warn({ err: error }, 'not ready');
    return false;
  }
}
