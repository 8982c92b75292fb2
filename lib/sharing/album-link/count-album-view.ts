import { type Result, succeed } from '#lib/core/result.ts';
import { findAlbumLink } from './find-album-link.ts';
import { addToLog } from './store.ts';

/** Counts one opening of a linked album by a browser that may see it; the owner's own are not counted. */
export async function countAlbumView(
  token: string,
  viewer: { readonly cookieOf: (name: string) => string | undefined; readonly vendorId: string | null },
): Promise<Result<null>> {
  const found = await findAlbumLink(token, viewer.cookieOf);
  // Nothing is told apart here: it is a count, not a door.
  if (found?.isOpen && found.link.vendorId !== viewer.vendorId) await addToLog(found.link.id, 'views');
  return succeed(null);
}
