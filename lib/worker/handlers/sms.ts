import type { Job } from 'pg-boss';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { jobPayloads } from '#lib/jobs/queues.ts';
import { sendReminder } from '#lib/payments/reminder/send-reminder.ts';

/** Sends the text message that the job names; a provider's failure lets the queue try again. */
export async function handleSmsSend(jobs: Job<unknown>[]): Promise<void> {
  for (const job of jobs) {
    const { messageId, about } = jobPayloads['sms.send'].parse(job.data);
    const sent = about === 'planEnd' ? await sendReminder(messageId) : await sendCodeMessage(messageId);
    if (!sent.ok) throw new Error(`message not sent: ${sent.detail}`);
  }
}
