import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { sendSms } from '#lib/notifications/sms/send-sms.ts';
import messages from '#messages/fa.json' with { type: 'json' };
import { findReminderToSend } from './store.ts';

/**
 * Sends the message of a reminder. Nothing goes to an account that does not want it any more. Called by the
 * job; trying again is safe.
 */
export async function sendReminder(reminderId: string): Promise<Result<null>> {
  const reminder = await findReminderToSend(db(), reminderId);
  const to = parsePhone(reminder?.phone ?? '');
  if (!reminder || !to) return succeed(null);
  const { origin, hostname } = new URL(env().nextauthUrl);
  const { sms } = messages.payments;
  const text = (reminder.daysBefore === 0 ? sms.ended : sms.ending)
    .replace('{plan}', reminder.names.fa ?? reminder.planName)
    .replace('{days}', new Intl.NumberFormat('fa-IR').format(reminder.daysBefore))
    .replace('{link}', `${origin}${reminder.owner.kind === 'vendor' ? '/vendor/billing' : '/billing'}`);
  const outcome = await sendSms(
    { id: reminder.id, to, about: 'planEnd', text, template: { name: 'notice', value: hostname } },
    false,
  );
  if (outcome.ok) return succeed(null);
  if (outcome.kind === 'refuse' || outcome.kind === 'elsewhere') {
    log.warn({ messageId: reminder.id, detail: outcome.detail }, 'a message was refused for good');
    return succeed(null);
  }
  return fail('sms.unavailable', outcome.detail);
}
