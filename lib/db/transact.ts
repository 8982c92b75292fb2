import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Failure, type Result, type Success, succeed } from '#lib/core/result.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import { collectAnnouncements } from './changes/announce.ts';
import { askOften, db, ownerDb, patientDb } from './client.ts';
import { inTurn, NoTurn } from './connection-turns.ts';
import { leaveMark, outcomeOf } from './outcome.ts';
import { isLockTimeout, isRetryable, toFailure } from './sql-errors.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

/** What a store needs to work inside a transaction; `db()` itself fits too. */
export type Tx = Prisma.TransactionClient;

const triesAtMost = 3;

/** A transaction that waits for a row gives the connection back in between, and gives up after this long. */
const lockedForMs = 6_000;

/** How long it is asked what became of a commit that had no answer. */
const askForMs = 10_000;

/** Tells subscribers that a transaction begins: a test finds out by it which use cases have one. */
export const begun = channel('ai-stayler.transact');

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
 * What our SQL refuses (quota, state, owner) comes back as a failure. After a deadlock, a serialisation
 * failure or a lock that was not to be had, the whole of `work` runs again in a fresh transaction, so it must have no
 * effect outside the database; what belongs to files is said to `commitFiles`.
 *
 * There are three ends. Whatever is answered or thrown means that it is known: done, or not done. Only
 * `OutcomeUnknown` means that it is not: the commit had no answer, and the database could not be asked within ten
 * seconds either. Then nothing may be taken back.
 *
 * @param options.patience `long` for jobs that read a great deal; nobody may wait for them.
 * @param options.as `owner` for a command that does what the program may not.
 */
export async function transact<T>(
  work: (tx: Tx) => Promise<Result<T>>,
  options: { readonly patience?: 'short' | 'long'; readonly as?: 'owner' } = {},
): Promise<Result<T>> {
  const isLong = options.patience === 'long';
  const client = options.as === 'owner' ? ownerDb() : isLong ? patientDb() : db();
  if (begun.hasSubscribers) begun.publish({ isLong });
  return untilSettled(async (mark) => {
    // Set when nothing but the commit is left: before that, whatever goes wrong is a rollback.
    let ready: Success<T> | undefined;
    let hasWritten = true;
    let announceAll = () => {};
    const begin = () =>
      client.$transaction(
        async (tx) => {
          const [result, announceLater] = await collectAnnouncements(() => work(tx));
          announceAll = announceLater;
          if (!result.ok) throw new RolledBack(result);
          hasWritten = await leaveMark(tx, mark);
          ready = result;
          return result;
        },
        { maxWait: 4_000, timeout: isLong ? 600_000 : 15_000 },
      );
    try {
      // A turn is given back between two tries: a transaction that waits for a row must not keep others from theirs.
      const done = await (isLong ? begin() : inTurn(begin));
      announceAll();
      return done;
    } catch (error) {
      if (error instanceof RolledBack) return error.failure;
      // One that has only read has nothing that could be lost but the word that it is over.
      if (!ready || (hasWritten && (await outcomeOf(mark, error, askForMs)) !== 'done')) throw error;
      announceAll();
      return ready;
    }
  });
}

/**
 * Sends one statement that is a transaction by itself. It takes the transaction's mark as its last parameter and leaves it;
 * its text says on the line that it commits, as that of every other transaction does, whether it has a name or not.
 */
export type Commit = <Row extends object>(
  name: string,
  text: string,
  values: readonly unknown[],
) => Promise<Row[]>;

/**
 * The same for a transaction that is one statement, in one round trip and past Prisma. `ask` sends it by `commit`, once. When
 * its answer is lost and it has happened, `known` says what it would have answered.
 */
export async function transactAtOnce<T>(
  ask: (commit: Commit) => Promise<T>,
  known: () => Promise<T>,
): Promise<Result<T>> {
  if (begun.hasSubscribers) begun.publish({ isLong: false });
  return untilSettled(async (mark) => {
    const commit: Commit = (name, text, values) => askOften(name, `${text} /* COMMIT */`, [...values, mark]);
    try {
      return succeed(await inTurn(() => ask(commit)));
    } catch (error) {
      // Never sent, or refused by the server itself: that is known.
      if (error instanceof NoTurn || isLockTimeout(error) || !isDatabaseUnavailable(error)) throw error;
      if ((await outcomeOf(mark, error, askForMs)) !== 'done') throw error;
      return succeed(await known());
    }
  });
}

/** Tries again what collided, and turns what our SQL refuses into a failure. Each try has a mark of its own. */
async function untilSettled<T>(attempt: (mark: string) => Promise<Result<T>>): Promise<Result<T>> {
  const begunAt = performance.now();
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt(randomUUID());
    } catch (error) {
      const mayTryAgain = isLockTimeout(error)
        ? performance.now() - begunAt < lockedForMs
        : isRetryable(error) && tried < triesAtMost;
      if (mayTryAgain) {
        // Transactions that collided must not meet again in step.
        await sleep(Math.random() * 20 * tried);
        continue;
      }
      const failure = toFailure(error);
      if (failure) return failure;
      throw error;
    }
  }
}
