import { patientDb } from '#lib/db/client.ts';
import { inBatches } from '#lib/db/in-batches.ts';
import { deleteOldAnswers } from './answer/store.ts';
import { forgetOldNumbers } from './phone/old-number-store.ts';
import { deleteOldIdentity } from './session/device-store.ts';
import { deleteOldTokens } from './token/store.ts';
import { deleteOldWishes } from './wish/store.ts';

/** Deletes what nothing asks about any more. Returns how many codes and sessions. */
export async function sweepIdentity(): Promise<{ codes: number; sessions: number }> {
  await forgetOldNumbers(patientDb());
  await inBatches((limit) => deleteOldWishes(patientDb(), limit));
  await deleteOldTokens(patientDb());
  await deleteOldAnswers(patientDb());
  return deleteOldIdentity(patientDb());
}
