import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountKind, system } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { decide } from '#lib/db/decide.ts';
import { transact } from '#lib/db/transact.ts';
import { takeLimit } from '#lib/rate-limit/check-limit.ts';
import { codeAttempts } from '../policy.ts';
import { hashCode, sameHash } from './codes.ts';
import { type Pending, pendingSchema } from './pending-code.ts';
import { type CodePurpose, findNewestCode, takeAttempt } from './store.ts';

export type CodeGuess = {
  readonly kind: AccountKind;
  readonly purpose: CodePurpose;
  readonly browserHash: string;
  readonly code: string;
  readonly address: string;
};

/** A code that was right and still waits to be used up. */
export type RightCode = {
  readonly id: string;
  readonly phone: string;
  readonly accountId: string | null;
  readonly pending: Pending;
};

const expired = (detail: string) => fail('auth.codeExpired', detail);

/**
 * Judges a guess at the code that this browser waits for. The attempt is counted and committed first, so that guessing
 * in parallel gains nothing. The budget is spent by attempts that were really taken and were wrong. The caller must
 * still consume a right code.
 */
export async function checkCode(guess: CodeGuess): Promise<Result<RightCode>> {
  const { kind, purpose, browserHash } = guess;
  const newest = await findNewestCode(db(), { browserHash, purpose, kind });
  if (!newest || newest.isConsumed) return expired('this browser waits for no code');
  const { address } = guess;
  const room = await takeLimit('code.verify', { phone: newest.phone, browser: browserHash, address });
  if (!room.ok) return room;
  const taken = await decide((tx) => takeAttempt(tx, newest.id, codeAttempts));
  if (!taken) {
    await room.value.giveBack();
    return expired('code is used, lapsed or out of attempts');
  }
  const binding = { id: taken.id, phone: taken.phone, purpose, kind, browserHash };
  if (sameHash(taken.code, hashCode(binding, guess.code))) {
    await room.value.giveBack();
    const { id, phone, accountId } = taken;
    return succeed({ id, phone, accountId, pending: pendingSchema.parse(taken.pending) });
  }
  await transact(async (tx) => {
    const action = taken.attemptCount >= codeAttempts ? 'code.exhaust' : 'code.refuse';
    await recordEvent(tx, system, action, {
      resource: 'code',
      resourceId: taken.id,
      metadata: { kind, purpose, attempt: taken.attemptCount },
      origin: { address: guess.address, phone: taken.phone },
    });
    return succeed(null);
  });
  return fail('auth.codeWrong', 'wrong code', { fields: { code: 'errors.auth.codeWrong' } });
}
