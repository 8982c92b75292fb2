import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { changeAlbum } from './change-album.ts';
import type { AlbumInput } from './input.ts';
import { updateAlbumRow } from './store.ts';

/** Renames and describes an album, says how its images are ordered and whether it is a style kit. */
export async function updateAlbum(actor: VendorActor, input: AlbumInput): Promise<Result<null>> {
  const { id, title, description, imageOrder, isStyleKit } = input;
  return changeAlbum(actor, id, 'album.update', (tx) =>
    updateAlbumRow(tx, actor.vendorId, id, {
      name: title,
      description: description || null,
      imageOrder,
      isStyleKit,
    }),
  );
}
