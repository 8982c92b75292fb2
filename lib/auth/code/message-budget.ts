import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { policies } from '#lib/rate-limit/policies.ts';
import { messageDay } from '#lib/rate-limit/spending.ts';
import { type BrowserStanding, type CodePurpose, countMessages } from './store.ts';

/**
 * What all messages together may cost in an hour: an attack that gets through all else ends here. Nobody's part of
 * it reaches what is kept for those who proved more. It is the kind of request that decides, never whether a number has an
 * account: so the answer tells nothing about that.
 */

const scaled = (points: number) => Math.max(1, Math.floor(points * env().rateLimitScale));

export type MessageRequest = {
  readonly purpose: CodePurpose;
  readonly standing: BrowserStanding;
  readonly address: string;
};

/** How far into the hour's messages a request may reach. */
function reachOf({ purpose, standing }: Omit<MessageRequest, 'address'>): number {
  if (standing === 'known') return 1;
  // Sent only to numbers that have an account, or asked for by somebody signed in.
  if (purpose !== 'phone_verify') return 0.85;
  return standing === 'waiting' ? 0.65 : 0.5;
}

function messagesAnHour(): number {
  const budget = policies['code.send'].find(({ per }) => per === 'everyone');
  return scaled(budget?.points ?? 1);
}

/**
 * Whether another message may be asked for. Strangers may use their part freely up to its half; from there on each network
 * has a few more, so that one that asked for all of it leaves some to the others.
 */
export async function checkMessageBudget(tx: Tx, request: MessageRequest): Promise<Result<null>> {
  const part = Math.max(1, Math.floor(messagesAnHour() * reachOf(request)));
  const { messages, roomIn } = await countMessages(tx, part);
  if (roomIn > 0) {
    log.error({ alarm: 'sms.hourlyCap', part, messages }, 'no more messages this hour');
    return fail('sms.unavailable', 'hourly cap of messages', { retryAfterSeconds: roomIn });
  }
  const { isPaused, isHalfSpent, secondsLeft } = await messageDay(tx, request.purpose !== 'phone_verify');
  if (isPaused) {
    return fail('sms.unavailable', "today's sms spending", { retryAfterSeconds: secondsLeft });
  }
  const isScarce = isHalfSpent || messages * 2 >= part;
  if (request.standing !== 'stranger' || !isScarce) return succeed(null);
  return checkLimit('code.sendScarce', { address: request.address });
}

/** Whether a message that is about to be sent still fits into the hour. */
export async function hasHourBudget(tx: Tx): Promise<boolean> {
  const all = messagesAnHour();
  // What waits counts too, this one among it.
  return (await countMessages(tx, all + 1)).roomIn === 0;
}
