import { createHmac } from 'node:crypto';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { limitersOf } from './limiters.ts';
import type { LimitKey, LimitKeys, PolicyName } from './policies.ts';

/** Counters hold no phone number or address in clear. */
function hiddenKey(per: LimitKey, value: string): string {
  return createHmac('sha256', deriveKey('rate-limit.key')).update(`${per}|${value}`).digest('base64url');
}

/**
 * Spends one point of every budget of a policy, in order, and refuses at the first that is empty.
 * `except` names budgets that are counted elsewhere.
 */
export async function checkLimit<Name extends PolicyName, Elsewhere extends LimitKey = never>(
  name: Name,
  keys: Omit<LimitKeys<Name>, Elsewhere>,
  except?: Elsewhere,
): Promise<Result<null>> {
  for (const limiter of limitersOf(name)) {
    const { per } = limiter.budget;
    if (per === except) continue;
    const value = per === 'everyone' ? 'everyone' : (keys as Partial<Record<LimitKey, string>>)[per];
    if (value === undefined) throw new Error(`rate limit ${name} was checked without its ${per}`);
    const waitMs = await limiter.spend(hiddenKey(per, value));
    if (waitMs !== null) {
      return fail('rate.limited', `${name} per ${per}`, { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    }
  }
  return succeed(null);
}
