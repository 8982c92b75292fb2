import type { Job } from 'pg-boss';
import { sendCodeMessage } from '#lib/auth/send-code-message.ts';
import { jobPayloads } from '#lib/jobs/queues.ts';

/** Sends the text message that the job names; a provider's failure lets the queue try again. */
export async function handleSmsSend(jobs: Job<unknown>[]): Promise<void> {
  for (const job of jobs) {
    const sent = await sendCodeMessage(jobPayloads['sms.send'].parse(job.data).messageId);
    if (!sent.ok) throw new Error(`message not sent: ${sent.detail}`);
  }
}
