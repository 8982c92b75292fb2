import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#lib/core/log.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import { db, patientDb } from './client.ts';
import { inBatches } from './in-batches.ts';
import { isDatabaseUnavailable, OutcomeUnknown } from './unavailable.ts';

/** Whether the transaction that left a mark has happened. */
export type Outcome = 'done' | 'void';

const pauseMs = 200;

/**
 * Leaves the mark by which a lost commit can be asked for later. A transaction that has written nothing needs none:
 * there is nothing that could have happened. Answers whether it has left one.
 */
export async function leaveMark(tx: Prisma.TransactionClient, mark: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isLeft: boolean }[]>`
    SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS "isLeft", leave_transaction_mark(${mark}::uuid)::text`;
  return row?.isLeft ?? true;
}

/**
 * What became of a transaction whose commit had no answer, asked for at most `withinMs` milliseconds. Asking decides it:
 * the question is an insert of the same mark. It waits for the transaction if it still runs, finds the mark if it was
 * committed, and takes its place for good if it was not; a second question finds the answer of the first.
 * Throws `OutcomeUnknown` when the database cannot be asked in that time.
 */
export async function outcomeOf(mark: string, lost: unknown, withinMs: number): Promise<Outcome> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      const [row] = await db().$queryRaw<{ isDone: boolean }[]>`
        INSERT INTO transaction_marks (id, is_done) VALUES (${mark}::uuid, false)
        ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING is_done AS "isDone"`;
      const outcome = row?.isDone ? 'done' : 'void';
      log.warn({ err: lost, outcome }, 'a commit had no answer and was asked for');
      return outcome;
    } catch (error) {
      if (!isDatabaseUnavailable(error) || performance.now() > until) throw new OutcomeUnknown(mark, lost);
    }
    await sleep(pauseMs);
  }
}

/** Forgets marks that nobody will ask for any more; answers how many. */
export async function sweepMarks(): Promise<number> {
  return inBatches(
    (limit) => patientDb().$executeRaw`
      DELETE FROM transaction_marks WHERE id IN (
        SELECT id FROM transaction_marks WHERE made_at < now() - interval '1 day' LIMIT ${limit})`,
  );
}
