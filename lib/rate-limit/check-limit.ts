import { createHmac } from 'node:crypto';
import { log } from '#lib/core/log.ts';
import { type Failure, fail, type Result, succeed } from '#lib/core/result.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { limitersOf } from './limiters.ts';
import { isOpenWhenBlind, type LimitKey, type LimitKeys, type PolicyName } from './policies.ts';

/** Counters hold no phone number or address in clear. */
function hiddenKey(per: LimitKey, value: string): string {
  return createHmac('sha256', deriveKey('rate-limit.key')).update(`${per}|${value}`).digest('base64url');
}

/** Neither store can count: what costs money or guards an account stays shut, the rest stays open. */
function blind(name: PolicyName, error: unknown): Failure | null {
  log.error({ err: error, policy: name }, 'no rate limit can be counted');
  if (isOpenWhenBlind(name)) return null;
  return fail('service.unavailable', `${name} cannot be counted`, { retryAfterSeconds: 10 });
}

/**
 * Spends one point of every budget of a policy, in order, and refuses at the first that is empty.
 * `except` names budgets that are counted elsewhere.
 */
export async function checkLimit<Name extends PolicyName, Elsewhere extends LimitKey = never>(
  name: Name,
  keys: Omit<LimitKeys<Name>, Elsewhere>,
  ...except: Elsewhere[]
): Promise<Result<null>> {
  const elsewhere: readonly LimitKey[] = except;
  for (const limiter of limitersOf(name)) {
    const { per } = limiter.budget;
    if (elsewhere.includes(per)) continue;
    const value = per === 'everyone' ? 'everyone' : (keys as Partial<Record<LimitKey, string>>)[per];
    if (value === undefined) throw new Error(`rate limit ${name} was checked without its ${per}`);
    let waitMs: number | null;
    try {
      waitMs = await limiter.spend(hiddenKey(per, value));
    } catch (error) {
      const closed = blind(name, error);
      if (closed) return closed;
      continue;
    }
    if (waitMs !== null) {
      return fail('rate.limited', `${name} per ${per}`, { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    }
  }
  return succeed(null);
}
