import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { galleryLimits } from '../policy.ts';
import type { LibraryQuery } from './input.ts';
import { findGalleryRow, listGalleryRows } from './store.ts';
import { type OwnImage, toOwnImage } from './view.ts';

/** One page of a list; `next` leads to the following one. */
export type LibraryPage = { readonly images: readonly OwnImage[]; readonly next: string | null };

/** The actor's images as the query wants them, newest first. */
export async function listOwnImages(actor: VendorActor, query: LibraryQuery): Promise<LibraryPage> {
  const { pageSize } = galleryLimits;
  const rows = await listGalleryRows(actor.vendorId, query, pageSize + 1);
  const shown = rows.slice(0, pageSize);
  return {
    images: shown.map(toOwnImage),
    next: rows.length > pageSize ? (shown.at(-1)?.cursor ?? null) : null,
  };
}

/** One image of the actor's, also of the trash. Somebody else's is not found. */
export async function findOwnImage(actor: VendorActor, id: string): Promise<Result<OwnImage>> {
  const row = await findGalleryRow(actor.vendorId, id);
  return row
    ? succeed(toOwnImage(row))
    : fail('notFound', `image ${id} is not one of vendor ${actor.vendorId}`);
}
