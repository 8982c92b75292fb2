import { currentVendor } from '#lib/auth/door/current.ts';
import { findAlbumRow, listAlbumNames, listAlbumRows } from './store.ts';
import { type AlbumView, toAlbumView } from './view.ts';

/** The signed-in vendor's albums in the vendor's order; none for everybody else. */
export async function getOwnAlbums(): Promise<readonly AlbumView[]> {
  const vendor = await currentVendor();
  return vendor ? (await listAlbumRows(vendor.vendorId)).map(toAlbumView) : [];
}

/** One of the signed-in vendor's albums; null when it is somebody else's or none. */
export async function getOwnAlbum(albumId: string): Promise<AlbumView | null> {
  const vendor = await currentVendor();
  const row = vendor && (await findAlbumRow(vendor.vendorId, albumId));
  return row && toAlbumView(row);
}

/** Albums to choose from. */
export type AlbumChoice = { readonly id: string; readonly name: string };

export async function getAlbumChoices(): Promise<readonly AlbumChoice[]> {
  const vendor = await currentVendor();
  return vendor ? listAlbumNames(vendor.vendorId) : [];
}
