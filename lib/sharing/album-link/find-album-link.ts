import { type Result, succeed } from '#lib/core/result.ts';
import { type CookieOf, openLink } from '../open-link.ts';
import { addToLog, findLiveAlbumLink } from './store.ts';

/** The album link of a token; null for one that does not open, also when its album or vendor is gone. */
export const findAlbumLink = (token: string, cookieOf: CookieOf) =>
  openLink('album', findLiveAlbumLink, token, cookieOf);

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
