import { patientDb } from '#lib/db/client.ts';
import { deleteOldIdentity } from './session/device-store.ts';

/** Deletes codes and sessions that nothing asks about any more. Returns how many of each. */
export async function sweepIdentity(): Promise<{ codes: number; sessions: number }> {
  return deleteOldIdentity(patientDb());
}
