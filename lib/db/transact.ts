import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, Result } from '#lib/core/result.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import { db } from './client.ts';
import { isRetryable, toFailure } from './sql-errors.ts';

/** What a store needs to work inside a transaction; `db()` itself fits too. */
export type Tx = Prisma.TransactionClient;

const triesAtMost = 3;

/** Carries a failure value out of Prisma's callback, which rolls back only on a throw. */
class RolledBack extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/**
 * Runs `work` in one transaction: committed when it succeeds, rolled back when it returns a failure or throws.
 * What our SQL refuses (quota, state, owner) comes back as a failure. After a deadlock or a serialisation
 * failure the whole of `work` runs again in a fresh transaction, so it must have no effect outside the database.
 */
export async function transact<T>(work: (tx: Tx) => Promise<Result<T>>): Promise<Result<T>> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await db().$transaction(
        async (tx) => {
          const result = await work(tx);
          if (!result.ok) throw new RolledBack(result);
          return result;
        },
        { maxWait: 4_000, timeout: 15_000 },
      );
    } catch (error) {
      if (error instanceof RolledBack) return error.failure;
      if (isRetryable(error) && tried < triesAtMost) {
        // Those who collided must not meet again in step.
        await sleep(Math.random() * 20 * tried);
        continue;
      }
      const failure = toFailure(error);
      if (failure) return failure;
      throw error;
    }
  }
}
