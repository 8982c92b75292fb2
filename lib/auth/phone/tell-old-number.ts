import type { AccountKind } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { maskPhone, parsePhone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { writePatiently } from '#lib/db/decide.ts';
import type { Tx } from '#lib/db/transact.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { sendSms } from '#lib/notifications/sms/send-sms.ts';
import messages from '#messages/fa.json' with { type: 'json' };
import { findOldNumber, forgetOldNumber, insertOldNumber } from './old-number-store.ts';

/**
 * Has the number that an account leaves told of it, in the transaction that changes it: whoever holds that number may be
 * the owner, and it is the one place where they look when they are signed in nowhere.
 */
export async function tellOldNumber(
  tx: Tx,
  { kind, from, to }: { kind: AccountKind; from: string; to: string },
): Promise<void> {
  const messageId = await insertOldNumber(tx, { phone: from, kind, toMask: maskPhone(to) });
  await enqueue(tx, 'sms.send', { messageId, about: 'numberChanged' });
}

/** Sends that message and forgets the number. Called by the job; trying again is safe. */
export async function sendOldNumberMessage(id: string): Promise<Result<null>> {
  const old = await findOldNumber(db(), id);
  const to = parsePhone(old?.phone ?? '');
  if (!old || !to) return succeed(null);
  const { origin, hostname } = new URL(env().nextauthUrl);
  const text = messages.auth.sms.numberChanged
    .replace('{to}', old.toMask)
    .replace('{link}', `${origin}/contact`);
  const message = {
    id,
    to,
    text,
    about: 'numberChanged',
    template: { name: 'notice', value: hostname },
  } as const;
  // Somebody may be losing their account.
  const outcome = await sendSms(message, true);
  const isOver = outcome.ok || outcome.kind === 'refuse' || outcome.kind === 'elsewhere';
  if (!isOver) return fail('sms.unavailable', outcome.detail);
  await writePatiently(() => forgetOldNumber(db(), id));
  if (!outcome.ok) log.warn({ messageId: id, detail: outcome.detail }, 'a message was refused for good');
  return succeed(null);
}
