import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '#lib/core/env.ts';
import { type Budget, type PolicyName, policies } from './policies.ts';

/** One budget that can be spent from. */
export type Limiter = {
  readonly budget: Budget;
  /** Spends a point; the milliseconds to wait when none is left, else null. */
  spend(key: string): Promise<number | null>;
};

// Next bundles each route apart: one set of counters a process needs a place that all of them share.
const shared = globalThis as typeof globalThis & { stylerLimiters?: Map<PolicyName, readonly Limiter[]> };

function memoryLimiter(name: PolicyName, budget: Budget): Limiter {
  const points = Math.max(1, Math.floor(budget.points * env().rateLimitScale));
  const store = new RateLimiterMemory({
    keyPrefix: `${name}:${budget.per}:${budget.seconds}`,
    points,
    duration: budget.seconds,
  });
  return {
    budget,
    spend: async (key) => {
      try {
        await store.consume(key);
        return null;
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        return (refusal as RateLimiterRes).msBeforeNext;
      }
    },
  };
}

/** The limiters of a policy, made at its first use. */
export function limitersOf(name: PolicyName): readonly Limiter[] {
  shared.stylerLimiters ??= new Map();
  const known = shared.stylerLimiters.get(name);
  if (known) return known;
  const made = policies[name].map((budget) => memoryLimiter(name, budget));
  shared.stylerLimiters.set(name, made);
  return made;
}

/** Forgets every count of this process. */
export function forgetCounts(): void {
  shared.stylerLimiters?.clear();
}
