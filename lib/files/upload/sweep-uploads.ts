import { uploadLimits } from '../policy.ts';
import { uploadParts } from './part-store.ts';
import { deleteExpiredUploads, listKnownUploads } from './store.ts';

const batch = 500;

/**
 * Forgets uploads that have run out and removes what had arrived of them, also of those whose row went with
 * its account. Answers how many partial files went.
 */
export async function sweepUploads(now: Date = new Date()): Promise<number> {
  const parts = uploadParts();
  let removed = 0;
  for (;;) {
    const expired = await deleteExpiredUploads(batch);
    for (const id of expired) await parts.remove(id);
    removed += expired.length;
    if (expired.length < batch) break;
  }
  const old = await parts.listOlderThan(new Date(now.getTime() - uploadLimits.openHours * 2 * 3_600_000));
  const known = await listKnownUploads(old);
  for (const id of old) {
    if (known.has(id)) continue;
    await parts.remove(id);
    removed += 1;
  }
  return removed;
}
