import type { ErrorCode } from '#lib/core/errors.ts';
import { type Failure, fail } from '#lib/core/result.ts';

/** The SQLSTATEs that our own functions and triggers raise. */
const ourStates: Readonly<Record<string, ErrorCode>> = {
  ST001: 'quota.exceeded',
  ST002: 'account.inactive',
  ST003: 'notFound',
  ST004: 'state.illegal',
  /** Not the owner: people are told that it is not there. */
  ST005: 'notFound',
};

/** Only the hint of an `ST00n` can make its code more exact. */
const hinted: Readonly<Record<string, ErrorCode>> = {
  images: 'quota.imagesExceeded',
  originals: 'quota.originalsFull',
  unverified: 'account.unverified',
  payment: 'account.paymentOpen',
  waiting: 'conversion.tooManyWaiting',
  spending: 'spending.paused',
  number_waits: 'number.waits',
  coupon_unknown: 'coupon.unknown',
  coupon_unfit: 'coupon.unfit',
  coupon_over: 'coupon.over',
  coupon_mine: 'coupon.mine',
};

type SqlError = { readonly state: string; readonly message: string; readonly hint: string | undefined };

/**
 * Finds what the server said in an error from Prisma, its adapter or pg itself. Null when the error did not
 * come from the server.
 */
export function sqlError(error: unknown): SqlError | null {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [error];
  while (waiting.length > 0) {
    const next = waiting.shift();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    const layer = next as Record<string, unknown>;
    const state = stateOf(layer);
    if (state) {
      const message = layer.originalMessage ?? layer.message;
      return {
        state,
        message: typeof message === 'string' ? message : state,
        hint: typeof layer.hint === 'string' ? layer.hint : undefined,
      };
    }
    waiting.push(layer.cause, layer.meta, layer.driverAdapterError);
  }
  return null;
}

function stateOf(layer: Record<string, unknown>): string | null {
  for (const code of [layer.originalCode, layer.code]) {
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^P\d{4}$/.test(code)) return code;
  }
  return null;
}

/** The typed failure for an error that our SQL raised on purpose; null for anything else, which is a bug. */
export function toFailure(error: unknown): Failure | null {
  const found = sqlError(error);
  if (!found) return null;
  const code = ourStates[found.state];
  if (!code) return null;
  return fail((found.hint && hinted[found.hint]) || code, `${found.state}: ${found.message}`);
}

/** A deadlock, a serialisation failure, a plan from before a migration: the whole transaction may be tried again. */
export function isRetryable(error: unknown): boolean {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2034') return true;
  const found = sqlError(error);
  const isStale = found?.state === '0A000' && found.message.includes('cached plan');
  return isStale || found?.state === '40P01' || found?.state === '40001';
}

/** Another transaction held what was needed for longer than `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return sqlError(error)?.state === '55P03';
}

/** True when a unique constraint refused the row. */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2002') return true;
  return sqlError(error)?.state === '23505';
}

/** Numbers beyond their type, days that no calendar has, texts and JSON that cannot be kept (SQLSTATE class 22). */
const unfitStates = new Set(['22001', '22003', '22007', '22008', '22021', '22P02', '22P03', '22P05']);
/** The same as Prisma says it before the server is asked. */
const unfitCodes = new Set(['P2000', 'P2007', 'P2020', 'P2023', 'P2033']);

/** True when a value that was sent does not fit where it was to go: a fault of the sender, and not of ours. */
export function isUnfitValue(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (typeof code === 'string' && unfitCodes.has(code)) return true;
  return unfitStates.has(sqlError(error)?.state ?? '');
}
