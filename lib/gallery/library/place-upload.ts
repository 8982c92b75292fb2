import type { Tx } from '#lib/db/transact.ts';
import { holdAlbum, putInAlbum } from '../album/order-store.ts';
import { findKeepsSent } from '../album/store.ts';

/** Whether an album keeps files as they are sent; not where there is no such album of the vendor's. */
export function keepsSent({ vendorId, albumId }: { vendorId: string; albumId: string }): Promise<boolean> {
  return findKeepsSent(vendorId, albumId);
}

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
