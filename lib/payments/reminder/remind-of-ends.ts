import { type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { inBatches } from '#lib/db/in-batches.ts';
import { transact } from '#lib/db/transact.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { messageDay } from '#lib/rate-limit/spending.ts';
import { claimReminders, deleteOldReminders } from './store.ts';

const atOnce = 100;

/** One batch: reminder, notice and message job exist together or not at all. */
async function remindSome(): Promise<Result<number>> {
  return transact(async (tx) => {
    const due = await claimReminders(tx, atOnce);
    for (const { id, owner, planName, daysBefore } of due) {
      await recordNotice(tx, owner, daysBefore === 0 ? 'plan.end' : 'plan.ending', {
        plan: planName,
        days: String(daysBefore),
      });
      // Told inside the program in any case; a message is what a day that was spent leaves out first.
      if (!(await messageDay(tx, false)).isPaused)
        await enqueue(tx, 'sms.send', { messageId: id, about: 'planEnd' });
    }
    return succeed(due.length);
  });
}

/**
 * Tells accounts that their plan ends, seven, three and one days before and at its end, inside the program and
 * by SMS. Each is told once, however many workers run. Answers with how many were told.
 */
export async function remindOfEnds(): Promise<number> {
  let total = 0;
  for (;;) {
    const told = await remindSome();
    if (!told.ok) throw new Error(told.detail);
    total += told.value;
    if (told.value < atOnce) return total;
  }
}

/** Forgets reminders that nothing asks about any more; answers how many. */
export function sweepReminders(): Promise<number> {
  return inBatches((limit) => deleteOldReminders(db(), limit));
}
