import { patientDb } from '#lib/db/client.ts';
import { inBatches } from '#lib/db/in-batches.ts';
import { deleteOldTries } from '../sms/try-store.ts';
import { deleteOldMessages, deleteOldNotices } from './store.ts';

/** Deletes notices after half a year, kept messages after a week, and what became of messages after a month. Returns how many. */
export async function sweepNotices(): Promise<number> {
  const notices = await inBatches((limit) => deleteOldNotices(patientDb(), limit));
  const messages = await inBatches((limit) => deleteOldMessages(patientDb(), limit));
  return notices + messages + (await inBatches((limit) => deleteOldTries(patientDb(), limit)));
}
