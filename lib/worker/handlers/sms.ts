import type { Job } from 'pg-boss';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { sendOldNumberMessage } from '#lib/auth/phone/tell-old-number.ts';
import { jobPayloads } from '#lib/jobs/queues.ts';
import { sendReminder } from '#lib/payments/reminder/send-reminder.ts';

const senders = { code: sendCodeMessage, planEnd: sendReminder, numberChanged: sendOldNumberMessage };

/** Sends the text message that the job names; a provider's failure lets the queue try again. */
export async function handleSmsSend(jobs: Job<unknown>[]): Promise<void> {
  for (const job of jobs) {
    const { messageId, about } = jobPayloads['sms.send'].parse(job.data);
    const sent = await senders[about ?? 'code'](messageId);
    if (!sent.ok) throw new Error(`message not sent: ${sent.detail}`);
  }
}
