import { createHmac } from 'node:crypto';
import { log } from '#lib/core/log.ts';
import { type Failure, fail, type Result, succeed } from '#lib/core/result.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import type { LimitKey } from './budget.ts';
import { placesOf } from './client-address.ts';
import { type Limiter, limitersOf } from './limiters.ts';
import { isOpenWhenBlind, type LimitKeys, type PolicyName } from './policies.ts';

/** What is left of the tightest budget of a policy, and in how many seconds it is whole again. */
export type LimitRoom = {
  readonly policy: PolicyName;
  readonly points: number;
  readonly seconds: number;
  readonly left: number;
  readonly resetSeconds: number;
};

/** Points that were spent, and may turn out not to have been owed: a password that was right, a code that had lapsed. */
export type Taken = {
  giveBack(): Promise<void>;
  /** Null where nothing could be counted. */
  readonly room: LimitRoom | null;
};

/** A bug of the caller's, never a refusal. */
class MissingKey extends Error {}

type Given = Readonly<Partial<Record<string, string>>>;

/** Counters hold no phone number or address in clear. */
function hiddenKey(per: LimitKey, value: string): string {
  return createHmac('sha256', deriveKey('rate-limit.key')).update(`${per}|${value}`).digest('base64url');
}

/** What a budget is counted by in this call; null where it means nothing: IPv4 has no sites. */
function keyOf(name: PolicyName, per: LimitKey, keys: Given): string | null {
  const values: string[] = [];
  for (const part of per.split('+')) {
    const isPlace = part === 'address' || part === 'site' || part === 'network';
    const given = isPlace ? keys.address : part === 'everyone' ? 'everyone' : keys[part];
    if (given === undefined) throw new MissingKey(`rate limit ${name} was checked without its ${part}`);
    const value = isPlace ? placesOf(given)[part] : given;
    if (value === null) return null;
    values.push(value);
  }
  return hiddenKey(per, values.join('|'));
}

/** Neither store can count: what costs money or guards an account stays shut, the rest stays open. */
function blind(name: PolicyName, error: unknown): Failure | null {
  log.error({ err: error, policy: name }, 'no rate limit can be counted');
  if (isOpenWhenBlind(name)) return null;
  return fail('service.unavailable', `${name} cannot be counted`, { retryAfterSeconds: 10 });
}

type Spent = {
  readonly limiter: Limiter;
  readonly key: string;
  readonly left: number;
  readonly resetMs: number;
};

function roomOf(policy: PolicyName, spent: readonly Spent[]): LimitRoom | null {
  const [tightest] = [...spent].sort((a, b) => a.left - b.left);
  if (!tightest) return null;
  const { limiter, left, resetMs } = tightest;
  const { points, seconds } = limiter;
  return { policy, points, seconds, left, resetSeconds: Math.ceil(resetMs / 1000) };
}

/**
 * Spends one point; the milliseconds to wait when there is none, else null. A budget that narrows asks what it narrows
 * to.
 */
async function spend(
  name: PolicyName,
  limiter: Limiter,
  keys: Given,
  spent: Spent[],
): Promise<number | null> {
  const key = keyOf(name, limiter.per, keys);
  if (key === null) return null;
  const { waitMs, left, resetMs } = await limiter.spend(key);
  if (waitMs === null) {
    spent.push({ limiter, key, left, resetMs });
    return null;
  }
  for (const narrow of limiter.narrows) {
    const narrowWaitMs = await spend(name, narrow, keys, spent);
    if (narrowWaitMs !== null) return narrowWaitMs;
  }
  return limiter.narrows.length > 0 ? null : waitMs;
}

/**
 * Spends one point of every budget of a policy, in order, and refuses at the first that is empty. Budgets that are
 * counted in rows are left to the stores that write those.
 */
export async function takeLimit<Name extends PolicyName>(
  name: Name,
  keys: LimitKeys<Name>,
): Promise<Result<Taken>> {
  const spent: Spent[] = [];
  for (const limiter of limitersOf(name)) {
    let waitMs: number | null;
    try {
      waitMs = await spend(name, limiter, keys as Given, spent);
    } catch (error) {
      if (error instanceof MissingKey) throw error;
      const closed = blind(name, error);
      if (closed) return closed;
      continue;
    }
    if (waitMs !== null) {
      return fail('rate.limited', `${name} per ${limiter.per}`, {
        retryAfterSeconds: Math.ceil(waitMs / 1000),
      });
    }
  }
  const room = roomOf(name, spent);
  const giveBack = async () => {
    for (const { limiter, key } of spent.splice(0)) await limiter.giveBack(key);
  };
  return succeed({ giveBack, room });
}

/** The same for what is owed in any case. */
export async function checkLimit<Name extends PolicyName>(
  name: Name,
  keys: LimitKeys<Name>,
): Promise<Result<null>> {
  const taken = await takeLimit(name, keys);
  return taken.ok ? succeed(null) : taken;
}
