import { type CookieOf, openLink, unlockLink } from '../open-link.ts';
import { findLiveAlbumLink } from './store.ts';

/** The album link of a token; null for one that does not open, also when its album or vendor is gone. */
export const findAlbumLink = (token: string, cookieOf: CookieOf) =>
  openLink('album', findLiveAlbumLink, token, cookieOf);

/** Opens an album link with its password; see {@link unlockLink}. */
export async function unlockAlbumLink(sent: { token: string; password: string }, address: string) {
  return unlockLink(await findAlbumLink(sent.token, () => undefined), sent.password, address);
}
