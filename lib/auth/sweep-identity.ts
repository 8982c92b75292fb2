import { patientDb } from '#lib/db/client.ts';
import { inBatches } from '#lib/db/in-batches.ts';
import { deleteOldAnswers } from './answer/store.ts';
import { forgetOldNumbers } from './phone/old-number-store.ts';
import { deleteOldCodes, deleteOldSessions } from './session/device-store.ts';
import { deleteOldTokens } from './token/store.ts';
import { deleteOldWishes } from './wish/store.ts';

/** Deletes what nothing asks about any more. Returns how many codes and sessions. */
export async function sweepIdentity(): Promise<{ codes: number; sessions: number }> {
  await inBatches((limit) => forgetOldNumbers(patientDb(), limit));
  await inBatches((limit) => deleteOldWishes(patientDb(), limit));
  await inBatches((limit) => deleteOldTokens(patientDb(), limit));
  await inBatches((limit) => deleteOldAnswers(patientDb(), limit));
  return {
    codes: await inBatches((limit) => deleteOldCodes(patientDb(), limit)),
    sessions: await inBatches((limit) => deleteOldSessions(patientDb(), limit)),
  };
}
