import { env } from '#lib/core/env.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { smsSender } from '#lib/notifications/choose-sender.ts';
import messages from '#messages/fa.json' with { type: 'json' };
import { findCodeToSend } from './code-store.ts';
import { codeFor } from './codes.ts';
import { pendingSchema } from './pending.ts';

/** Fills in a text message. Its digits stay ASCII: phones read them out and fill them in. */
function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

function textFor(message: string, purpose: string, kind: string, code: string): string {
  const { origin, hostname } = new URL(env().nextauthUrl);
  const area = kind === 'vendor' ? '/vendor' : '';
  const sms = messages.auth.sms;
  if (message === 'accountExists') return fill(sms.accountExists, { link: `${origin}${area}/login` });
  if (message === 'recoveryStale') return fill(sms.recoveryStale, { link: `${origin}/contact` });
  const sentence = purpose === 'password_reset' ? sms.resetCode : sms.verifyCode;
  // The last line lets the browser on the same phone fill the code in for this site and no other.
  return `${fill(sentence, { code })}\n\n@${hostname} #${code}`;
}

/**
 * Sends the message that belongs to a code. Nothing is sent for a code that was voided or used meanwhile, nor
 * for a number that nobody has here. Called by the job; trying again is safe.
 */
export async function sendCodeMessage(codeId: string): Promise<Result<null>> {
  const row = await findCodeToSend(db(), codeId);
  const to = parsePhone(row?.phone ?? '');
  if (!row || !to) return succeed(null);
  const { message } = pendingSchema.parse(row.pending);
  if (message === 'nothing') return succeed(null);
  const text = textFor(message, row.purpose, row.accountType, codeFor(row.id));
  return smsSender().send({ id: row.id, to, text });
}
