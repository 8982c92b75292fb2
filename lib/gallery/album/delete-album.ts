import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { changeAlbum } from './change-album.ts';
import { deleteAlbumRow } from './store.ts';

/** Deletes an album. Its images stay in the gallery and in other albums. */
export async function deleteAlbum(actor: VendorActor, { id }: { id: string }): Promise<Result<null>> {
  return changeAlbum(actor, id, 'album.delete', (tx) => deleteAlbumRow(tx, actor.vendorId, id));
}
