import { log } from '#lib/core/log.ts';
import { listSpending } from './spending.ts';

/** How often it is looked; a level that was reached since then is written down. */
export const watchPauseMs = 60_000;

/** Writes to the log that a day's spending has come near its limit, or reached it. Returns how often. */
export async function watchSpending(): Promise<number> {
  let told = 0;
  const isNew = (at: Date | null) => at !== null && Date.now() - at.getTime() <= watchPauseMs;
  for (const { purpose, settings, today } of await listSpending()) {
    const facts = { purpose, rials: today.rials, limitRials: settings.limitRials };
    if (isNew(today.pausedAt))
      log.error({ ...facts, alarm: 'spending.pause' }, 'those who do not pay are paused');
    else if (isNew(today.warnedAt))
      log.warn({ ...facts, alarm: 'spending.warn' }, 'four fifths of a day are spent');
    else continue;
    told += 1;
  }
  return told;
}
