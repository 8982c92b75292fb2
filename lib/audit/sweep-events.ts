import { env } from '#lib/core/env/env.ts';
import { patientDb } from '#lib/db/client.ts';
import { inBatches } from '#lib/db/in-batches.ts';
import { deleteOldEvents, deleteOldOrigins } from './store.ts';

/** Forgets where events came from after three months, and events after `AUDIT_DAYS`. Returns how many events. */
export async function sweepEvents(): Promise<number> {
  await inBatches((limit) => deleteOldOrigins(patientDb(), limit));
  return inBatches((limit) => deleteOldEvents(patientDb(), env().auditDays, limit));
}
