import type { Tx } from '#lib/db/transact.ts';
import { holdAlbum, putInAlbum } from '../album/order-store.ts';

/**
 * Puts an image that was sent to an album there, within the transaction that records it. An album that has gone
 * meanwhile, or was never the vendor's, costs nobody the image: it stands in the gallery then.
 */
export async function placeUpload(
  tx: Tx,
  { vendorId, albumId, imageId }: { vendorId: string; albumId: string; imageId: string },
): Promise<void> {
  if (await holdAlbum(tx, vendorId, albumId)) await putInAlbum(tx, vendorId, albumId, [imageId]);
}
