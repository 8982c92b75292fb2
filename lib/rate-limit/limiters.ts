import type { RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { db } from '#lib/db/client.ts';
import type { Budget, LimitKey } from './budget.ts';
import { type Counter, createCounter } from './counters.ts';
import { type PolicyName, policies } from './policies.ts';
import { readSpent, spendInDatabase } from './store.ts';
import {
  flushSpendings,
  forgetUnwritten,
  noteSpending,
  takeUnwritten,
  unwrittenOf,
} from './unwritten-spending.ts';

/** What a point spent found: how long to wait when none was left, and what is left of the budget until it begins anew. */
type Spending = { readonly waitMs: number | null; readonly left: number; readonly resetMs: number };

/** One budget that can be spent from. */
export type Limiter = {
  readonly per: LimitKey;
  /** How many points the budget has, in how many seconds. */
  readonly points: number;
  readonly seconds: number;
  /** What is asked in its place when it is empty; none where empty means no. */
  readonly narrows: readonly Limiter[];
  /** Spends a point. Throws when nothing can count. */
  spend(key: string): Promise<Spending>;
  /** Gives a point back, as well as it can: a store that is away keeps it. */
  giveBack(key: string): Promise<void>;
};

// Next bundles each route apart: one set of counters a process needs a place that all of them share.
const limiters = perProcess('rateLimit.limiters', () => new Map<PolicyName, readonly Limiter[]>());

/** Keys that were counted in the database while the fast store was away, at most so many. */
const keptApart = 100_000;

type Size = Pick<Budget, 'per' | 'points' | 'seconds'>;

/**
 * The fast store decides. What it does not know any more (it was restarted or emptied) it is told from the
 * copy in the database; while it is away the database decides.
 */
function makeLimiter(
  name: string,
  { per, seconds, points: unscaled }: Size,
  narrows: readonly Limiter[] = [],
): Limiter {
  const points = Math.max(1, Math.floor(unscaled * env().rateLimitScale));
  const title = `${name}:${per}:${seconds}`;
  const counter: Counter = createCounter(title, points, seconds);
  const seeding = new Map<string, Promise<number>>();
  const countedElsewhere = new Set<string>();

  const nameOf = (key: string) => `${title}:${key}`;

  /** Tells the fast store what was spent before it knew of the key; answers how much that was. */
  const seed = async (key: string, known: number): Promise<number> => {
    const before = await readSpent(db(), nameOf(key), seconds).catch((error: unknown) => {
      // The fast store does count; an absent copy means no worse than a fresh start.
      log.warn({ err: error }, 'rate limits could not be read back');
      return { points: 0, endsInSeconds: 0 };
    });
    // A key at its first point may also be one that was given back: what waits to be written tells them apart.
    const missing = Math.min(before.points + unwrittenOf(nameOf(key)), points + 1) - known;
    if (missing <= 0 || before.endsInSeconds <= 0) return 0;
    await counter.restore(key, missing, before.endsInSeconds);
    return missing;
  };

  /** What the fast store did not know when it counted; everybody who asks meanwhile waits for it. */
  const unknownTo = async (key: string, consumed: number): Promise<number> => {
    const waiting = seeding.get(key);
    if (waiting) return waiting;
    if (consumed > 1 && !countedElsewhere.delete(key)) return 0;
    const told = seed(key, consumed - 1).finally(() => seeding.delete(key));
    seeding.set(key, told);
    return told;
  };

  const judge = async (key: string, { consumedPoints, msBeforeNext }: RateLimiterRes) => {
    const spent = consumedPoints + (await unknownTo(key, consumedPoints));
    // One more than the budget is all the copy needs to know of somebody who goes on trying.
    if (spent <= points + 1) {
      const startedAt = Date.now() - (seconds * 1000 - msBeforeNext);
      noteSpending({ key: nameOf(key), startedAt, points: 1 });
    }
    const resetMs = Math.max(1, msBeforeNext);
    if (spent <= points) return { waitMs: null, left: points - spent, resetMs };
    if (spent === points + 1) await flushSpendings();
    return { waitMs: resetMs, left: 0, resetMs };
  };

  return {
    per,
    points,
    seconds,
    narrows,
    giveBack: async (key) => {
      await counter.giveBack(key).catch(() => undefined);
      noteSpending({ key: nameOf(key), startedAt: Date.now(), points: -1 });
    },
    spend: async (key) => {
      let count: RateLimiterRes;
      try {
        count = await counter.consume(key);
      } catch {
        const unwritten = takeUnwritten(nameOf(key));
        const spend = { key: nameOf(key), seconds, points: unwritten + 1, budget: points };
        const waitSeconds = await spendInDatabase(db(), spend);
        if (countedElsewhere.size < keptApart) countedElsewhere.add(key);
        const resetMs = (waitSeconds > 0 ? waitSeconds : seconds) * 1000;
        // How much is left is not asked for: it is the fast store that knows.
        return { waitMs: waitSeconds > 0 ? resetMs : null, left: 0, resetMs };
      }
      return judge(key, count);
    },
  };
}

/** What a budget that strangers share gives way to: a little for each network, and an end to all of it. */
function narrowsOf(name: PolicyName, budget: Budget): Limiter[] {
  if (!('narrows' in budget)) return [];
  const { per, seconds, narrows, ceiling } = budget;
  return [
    makeLimiter(`${name}:narrow`, narrows),
    makeLimiter(`${name}:ceiling`, { per, seconds, points: ceiling }),
  ];
}

/** The limiters of a policy, made at its first use. Budgets that are counted in rows have none. */
export function limitersOf(name: PolicyName): readonly Limiter[] {
  const known = limiters.get(name);
  if (known) return known;
  const budgets: readonly Budget[] = policies[name];
  const made = budgets
    .filter((budget) => !('counted' in budget))
    .map((budget) => makeLimiter(name, budget, narrowsOf(name, budget)));
  limiters.set(name, made);
  return made;
}

/**
 * Forgets every count of this process, as a restart does: for the tests of what outlives one.
 * @internal
 */
export function forgetCounts(): void {
  limiters.clear();
  forgetUnwritten();
}
