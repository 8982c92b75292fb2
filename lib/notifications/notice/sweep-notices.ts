import { patientDb } from '#lib/db/client.ts';
import { deleteOldNotices } from './store.ts';

/** Deletes notices after half a year, and kept messages after a week. Returns how many. */
export async function sweepNotices(): Promise<number> {
  return deleteOldNotices(patientDb());
}
