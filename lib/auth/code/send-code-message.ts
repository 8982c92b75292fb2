import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { writePatiently } from '#lib/db/decide.ts';
import { isSmsDelayed, noteTry, sendSms } from '#lib/notifications/sms/send-sms.ts';
import messages from '#messages/fa.json' with { type: 'json' };
import { codeFor } from './codes.ts';
import { hasHourBudget } from './message-budget.ts';
import { pendingSchema } from './pending-code.ts';
import { type CodePurpose, findCodeToSend, markSending } from './store.ts';

/** Fills in a text message. Its digits stay ASCII: phones read them out and fill them in. */
function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

const sentences = {
  phone_verify: messages.auth.sms.verifyCode,
  password_reset: messages.auth.sms.resetCode,
  old_phone: messages.auth.sms.oldPhoneCode,
  new_phone: messages.auth.sms.newPhoneCode,
  messenger: messages.auth.sms.messengerCode,
} as const satisfies Record<Exclude<CodePurpose, 'sign_in'>, string>;

function textFor(message: string, purpose: keyof typeof sentences, kind: string, code: string): string {
  const { origin, hostname } = new URL(env().nextauthUrl);
  const area = kind === 'vendor' ? '/vendor' : '';
  const sms = messages.auth.sms;
  if (message === 'accountExists') return fill(sms.accountExists, { link: `${origin}${area}/login` });
  if (message === 'recoveryStale') return fill(sms.recoveryStale, { link: `${origin}/contact` });
  const sentence = sentences[purpose];
  // Typed into a messenger, and never into a page of ours.
  if (purpose === 'messenger') return fill(sentence, { code });
  // The last line lets the browser on the same phone fill the code in for this site and no other.
  return `${fill(sentence, { code })}\n\n@${hostname} #${code}`;
}

/**
 * Sends the message that belongs to a code. Nothing is sent for a code that was voided or used meanwhile, nor
 * for a number that nobody has here. Called by the job; trying again is safe. A code whose message no provider
 * took counts against no budget; it stays good, because a message that timed out may still arrive.
 */
export async function sendCodeMessage(codeId: string): Promise<Result<null>> {
  const row = await findCodeToSend(db(), codeId);
  const to = parsePhone(row?.phone ?? '');
  if (!row || !to) return succeed(null);
  const { message } = pendingSchema.parse(row.pending);
  // Shown by signed-in devices; no message of one is ever asked for.
  if (row.purpose === 'sign_in') return succeed(null);
  if (message === 'nothing') {
    // While messages fail, this one counts against no budget either, as if it had been tried.
    if (await isSmsDelayed()) await markSending(db(), codeId, false);
    await noteTry({ id: row.id, to, about: row.purpose }, null, 'held', 'no account has this number');
    return succeed(null);
  }
  const code = codeFor(row.id);
  const text = textFor(message, row.purpose, row.accountType, code);
  const { hostname } = new URL(env().nextauthUrl);
  const template =
    message === 'code'
      ? ({ name: 'code', value: code } as const)
      : ({ name: 'notice', value: hostname } as const);
  if (!(await hasHourBudget(db()))) {
    await markSending(db(), codeId, false);
    await noteTry({ id: row.id, to, about: row.purpose }, null, 'held', 'the hour is full');
    log.error({ alarm: 'sms.hourlyCap', messageId: codeId }, 'a message found the hour full');
    return succeed(null);
  }
  const sms = { id: row.id, to, about: row.purpose, text, template };
  const outcome = await sendSms(sms, row.purpose !== 'phone_verify');
  // A message that went out and is not known to would go out again.
  await writePatiently(() => markSending(db(), codeId, outcome.ok));
  if (outcome.ok) return succeed(null);
  if (outcome.kind === 'refuse' || outcome.kind === 'elsewhere') {
    log.warn({ messageId: codeId, detail: outcome.detail }, 'a message was refused for good');
    return succeed(null);
  }
  return fail('sms.unavailable', outcome.detail);
}
