import { patientDb } from '#lib/db/client.ts';
import { listOpenCirculars, sendNext } from './store.ts';

/** So many are told in one transaction. */
const batch = 500;
/** So many batches go before others have their turn: whoever stops a circular waits for one of them at most. */
const batchesAtMost = 40;

/** Tells the next ones of each circular that is under way. Answers with how many were told. */
export async function sendCirculars(atOnce: number = batch): Promise<number> {
  let told = 0;
  for (const id of await listOpenCirculars(patientDb(), 20)) {
    for (let sent = 0; sent < batchesAtMost; sent += 1) {
      const more = await sendNext(patientDb(), id, atOnce);
      if (more === null) break;
      told += more;
    }
  }
  return told;
}
