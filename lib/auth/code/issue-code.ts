import { phoneKey } from '#lib/audit/phone-key.ts';
import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountKind, system } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import type { Phone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { isSmsDelayed, secondsUntilSms } from '#lib/notifications/sms/send-sms.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { policies } from '#lib/rate-limit/policies.ts';
import { codeLifeSeconds, resendAfterSeconds } from '../policy.ts';
import { type CodeBinding, codeFor, hashCode, hashOfNoCode, newCodeId } from './codes.ts';
import { checkMessageBudget } from './message-budget.ts';
import type { Pending } from './pending-code.ts';
import {
  type BrowserStanding,
  type CodePurpose,
  insertCode,
  lockPhone,
  secondsUntilRoom,
  voidCodes,
} from './store.ts';

export type CodeRequest = {
  readonly kind: AccountKind;
  readonly purpose: CodePurpose;
  readonly phone: Phone;
  /** The browser that asks; the code is good nowhere else. */
  readonly browserHash: string;
  readonly accountId: string | null;
  readonly standing: BrowserStanding;
  readonly address: string;
  readonly pending: Pending;
};

const scaled = (points: number) => Math.max(1, Math.floor(points * env().rateLimitScale));

/** Budgets of the place that a code is asked from. Spent before anything that costs us time. */
export async function limitCodeRequests(address: string): Promise<Result<null>> {
  return checkLimit('code.send', { address });
}

/** The same for a browser that does not wait for this code yet: it also spends the budget of its place for this number. */
export async function limitNewRequests(
  address: string,
  { kind, purpose, phone }: Pick<CodeRequest, 'kind' | 'purpose' | 'phone'>,
): Promise<Result<null>> {
  const room = await limitCodeRequests(address);
  return room.ok ? checkLimit('code.ask', { address, phone: `${kind}|${purpose}|${phone}` }) : room;
}

/**
 * The budgets of the browser and of the phone, counted from the codes themselves: exact for any number of processes.
 * The phone's are shared by strangers, and apart from them by browsers that the account knows. The minute between two
 * codes falls away while messages are late for everybody, and for nobody else: so it tells nothing about whether a
 * number's own message was tried.
 */
async function secondsUntilSend(tx: Tx, request: CodeRequest, isDelayed: boolean): Promise<number> {
  const { phone, purpose, kind, browserHash, standing } = request;
  const codes = { phone, purpose, kind };
  let wait = 0;
  for (const budget of policies['code.send']) {
    if (!('counted' in budget) || budget.per === 'everyone') continue;
    if (budget.per === 'phone' && standing === 'waiting') continue;
    const isPause = budget.seconds === resendAfterSeconds;
    if (isPause && isDelayed) continue;
    const counted = budget.per === 'phone' ? { ...codes, standing } : { ...codes, browserHash };
    const points = scaled(budget.points);
    const room = { points, seconds: budget.seconds, withFailed: isPause };
    wait = Math.max(wait, await secondsUntilRoom(tx, counted, room));
  }
  return wait;
}

/**
 * Makes a code, voids the one this browser had, and queues its message, in one transaction; while no provider takes
 * messages it makes none. Known and unknown numbers take the same path with the same writes; only the text that is sent
 * later differs.
 */
export async function issueCode(request: CodeRequest): Promise<Result<null>> {
  // What signed-in devices show needs no provider, and costs nothing.
  const isSent = request.purpose !== 'sign_in';
  const silence = isSent ? await secondsUntilSms() : 0;
  if (silence > 0) return fail('sms.unavailable', 'no provider answers', { retryAfterSeconds: silence });
  const room = isSent ? await checkMessageBudget(db(), request) : succeed(null);
  if (!room.ok) return room;
  const isDelayed = isSent && (await isSmsDelayed());
  return transact(async (tx) => {
    await lockPhone(tx, request.phone);
    const wait = await secondsUntilSend(tx, request, isDelayed);
    if (wait > 0) return fail('rate.limited', 'code.send per phone', { retryAfterSeconds: wait });
    const { phone, purpose, kind, browserHash, accountId, standing, pending } = request;
    const binding: CodeBinding = { id: newCodeId(), phone, purpose, kind, browserHash };
    const hasCode = pending.message === 'code' || pending.message === 'device';
    const code = hasCode ? hashCode(binding, codeFor(binding.id)) : hashOfNoCode(binding);
    const hasMessage = isSent && pending.message !== 'nothing';
    await voidCodes(tx, { browserHash, purpose, kind });
    await insertCode(
      tx,
      {
        id: binding.id,
        phone,
        code,
        purpose,
        accountType: kind,
        accountId,
        browserHash,
        standing,
        hasMessage,
        pending,
      },
      codeLifeSeconds,
    );
    if (isSent) await enqueue(tx, 'sms.send', { messageId: binding.id });
    await recordEvent(tx, system, 'code.issue', {
      resource: 'code',
      resourceId: binding.id,
      metadata: { kind, purpose, phone: phoneKey(phone) },
    });
    return succeed(null);
  });
}
