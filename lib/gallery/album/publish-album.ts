import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { changeAlbum } from './change-album.ts';
import { updateAlbumRow } from './store.ts';

/** Shows an album to everybody, or hides it. Its images keep their own standing: visitors see those that are public. */
export async function publishAlbum(
  actor: VendorActor,
  { id, isPublic }: { id: string; isPublic: boolean },
): Promise<Result<null>> {
  return changeAlbum(actor, id, isPublic ? 'album.publish' : 'album.hide', (tx) =>
    updateAlbumRow(tx, actor.vendorId, id, { isPublic }),
  );
}
