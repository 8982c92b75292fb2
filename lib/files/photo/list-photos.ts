import type { UserActor } from '#lib/core/actor.ts';
import { decodeTimeCursor, encodeTimeCursor } from '#lib/core/time-cursor.ts';
import { type LibraryImage, toLibraryImage } from '../image/view.ts';
import { listPhotoRows } from './store.ts';

/** One page of a person's photos; `next` is the cursor of the page after it, null on the last. */
export type PhotoPage = { readonly photos: readonly LibraryImage[]; readonly next: string | null };

const pageSize = 24;

/** The actor's photos, newest first. Nonsense as a cursor is the first page. */
export async function listPhotos(actor: UserActor, cursor?: string): Promise<PhotoPage> {
  const rows = await listPhotoRows(actor.userId, decodeTimeCursor(cursor), pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    photos: shown.map(toLibraryImage),
    next: rows.length > pageSize && last ? encodeTimeCursor(last) : null,
  };
}
