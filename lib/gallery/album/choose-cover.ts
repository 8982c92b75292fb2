import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { changeAlbum } from './change-album.ts';
import { updateCover } from './store.ts';

/** Makes one of an album's images its cover; null leaves it to the first of them. */
export async function chooseCover(
  actor: VendorActor,
  { id, imageId }: { id: string; imageId: string | null },
): Promise<Result<null>> {
  return changeAlbum(actor, id, 'album.update', (tx) => updateCover(tx, actor.vendorId, id, imageId));
}
