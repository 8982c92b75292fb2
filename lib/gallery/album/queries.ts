import { currentVendor } from '#lib/auth/door/current.ts';
import { findSentSpace, type SentSpace } from '#lib/files/sent/store.ts';
import { findAlbumRow, listAlbumNames, listAlbumRows, sumKeptAsSent } from './store.ts';
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

/** What an album keeps of files as they were sent, and the vendor's space for such, in bytes. */
export type KeptAsSent = SentSpace & { readonly files: number; readonly bytes: number };

/** The same of one of the signed-in vendor's albums; nothing for everybody else. */
export async function getKeptAsSent(albumId: string): Promise<KeptAsSent> {
  const vendor = await currentVendor();
  if (!vendor) return { files: 0, bytes: 0, space: 0, used: 0 };
  const { vendorId } = vendor;
  const [kept, space] = await Promise.all([sumKeptAsSent(vendorId, albumId), findSentSpace(vendorId)]);
  return { ...kept, ...space };
}

/** Albums to choose from. */
export type AlbumChoice = { readonly id: string; readonly name: string };

export async function getAlbumChoices(): Promise<readonly AlbumChoice[]> {
  const vendor = await currentVendor();
  return vendor ? listAlbumNames(vendor.vendorId) : [];
}
