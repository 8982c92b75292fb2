import { deleteOldPreviews } from './store.ts';

/** Lets go of previews nobody has asked for again in a week. */
export async function sweepPreviews(): Promise<void> {
  await deleteOldPreviews();
}
