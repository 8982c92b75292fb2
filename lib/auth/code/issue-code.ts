import { randomUUID } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountKind, system } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { maskPhone, type Phone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { isSmsDelayed, secondsUntilSms } from '#lib/notifications/sms/send-sms.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { addressBudgetKey } from '#lib/rate-limit/client-address.ts';
import { policies } from '#lib/rate-limit/policies.ts';
import { admitMessage } from '#lib/rate-limit/spending.ts';
import { codeLifeSeconds, resendAfterSeconds } from '../policy.ts';
import { type CodeBinding, type CodePurpose, codeFor, hashCode, hashOfNoCode } from './codes.ts';
import type { Pending } from './pending.ts';
import {
  insertCode,
  lockPhone,
  secondsUntilResend,
  secondsUntilRoom,
  secondsUntilRoomForAll,
  voidCodes,
} from './store.ts';

export type CodeRequest = {
  readonly kind: AccountKind;
  readonly purpose: CodePurpose;
  readonly phone: Phone;
  /** The browser that asks; the code is good nowhere else. */
  readonly browserHash: string;
  readonly accountId: string | null;
  readonly pending: Pending;
};

const scaled = (points: number) => Math.max(1, Math.floor(points * env().rateLimitScale));

/** Budgets of the place a code is asked from. Spent before anything that costs us time. */
export async function limitCodeRequests(address: string): Promise<Result<null>> {
  return checkLimit('code.send', { address: addressBudgetKey(address) }, 'phone', 'everyone');
}

/**
 * The budgets of the phone, counted from the codes themselves: exact for any number of processes. The minute
 * between two codes falls away while messages are late for everybody, and for nobody else: so it tells nothing
 * about whether a number's own message was tried.
 */
async function secondsUntilSend(
  tx: Tx,
  { phone, purpose, kind }: CodeRequest,
  isDelayed: boolean,
): Promise<number> {
  let wait = 0;
  for (const { per, points, seconds } of policies['code.send']) {
    if (per !== 'phone') continue;
    const budget = { points: scaled(points), seconds };
    if (seconds !== resendAfterSeconds) wait = Math.max(wait, await secondsUntilRoom(tx, phone, budget));
    else if (!isDelayed)
      wait = Math.max(wait, await secondsUntilResend(tx, phone, budget, { purpose, kind }));
  }
  return wait;
}

/** What messages may cost in an hour, whoever asks for them: an attack that gets through all else ends here. */
async function secondsUntilAffordable(tx: Tx): Promise<number> {
  for (const { per, points, seconds } of policies['code.send']) {
    if (per !== 'everyone') continue;
    const wait = await secondsUntilRoomForAll(tx, { points: scaled(points), seconds }, codeLifeSeconds);
    if (wait > 0) log.error({ alarm: 'sms.hourlyCap', points: scaled(points) }, 'no more messages this hour');
    return wait;
  }
  return 0;
}

/**
 * Makes a code, voids the one this browser had, and queues its message, in one transaction; while no provider takes messages it makes none. Known and
 * unknown numbers take the same path with the same writes; only the text that is sent later differs.
 */
export async function issueCode(request: CodeRequest): Promise<Result<null>> {
  const silence = await secondsUntilSms();
  if (silence > 0) return fail('sms.unavailable', 'no provider answers', { retryAfterSeconds: silence });
  const isDelayed = await isSmsDelayed();
  return transact(async (tx) => {
    await lockPhone(tx, request.phone);
    const wait = await secondsUntilSend(tx, request, isDelayed);
    if (wait > 0) return fail('rate.limited', 'code.send per phone', { retryAfterSeconds: wait });
    const full = await secondsUntilAffordable(tx);
    if (full > 0) return fail('sms.unavailable', 'hourly cap of messages', { retryAfterSeconds: full });
    const { phone, purpose, kind, browserHash, accountId, pending } = request;
    const binding: CodeBinding = { id: randomUUID(), phone, purpose, kind, browserHash };
    const code = pending.message === 'code' ? hashCode(binding, codeFor(binding.id)) : hashOfNoCode(binding);
    await voidCodes(tx, { browserHash, purpose, kind });
    await insertCode(
      tx,
      { id: binding.id, phone, code, purpose, accountType: kind, accountId, browserHash, pending },
      codeLifeSeconds,
    );
    const admitted = await admitMessage(tx, purpose !== 'phone_verify');
    if (!admitted.ok)
      return fail('sms.unavailable', admitted.detail, { retryAfterSeconds: admitted.retryAfterSeconds ?? 0 });
    await enqueue(tx, 'sms.send', { messageId: binding.id });
    await recordEvent(tx, system, 'code.issue', {
      resource: 'code',
      resourceId: binding.id,
      metadata: { kind, purpose, phone: maskPhone(phone) },
    });
    return succeed(null);
  });
}
