import { type CookieOf, openLink, unlockLink } from '../open-link.ts';
import { findLiveLink } from './store.ts';

/** The result link of a token; null for one that does not open, also when its result is gone. */
export const findResultLink = (token: string, cookieOf: CookieOf) =>
  openLink('conversion', findLiveLink, token, cookieOf);

/** Opens a result link with its password; see {@link unlockLink}. */
export async function unlockResultLink(sent: { token: string; password: string }, address: string) {
  return unlockLink(await findResultLink(sent.token, () => undefined), sent.password, address);
}
