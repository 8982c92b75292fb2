import { patientDb } from '#lib/db/client.ts';
import { deleteOldTries } from '../sms/try-store.ts';
import { deleteOldNotices } from './store.ts';

/** Deletes notices after half a year, kept messages after a week, and what became of messages after a month. Returns how many. */
export async function sweepNotices(): Promise<number> {
  return (await deleteOldNotices(patientDb())) + (await deleteOldTries(patientDb()));
}
