import { type Result, succeed } from '#lib/core/result.ts';
import { type CookieOf, openLink } from '../open-link.ts';
import { addView, findLiveLink } from './store.ts';

/** The result link of a token; null for one that does not open, also when its result is gone. */
export const findResultLink = (token: string, cookieOf: CookieOf) =>
  openLink('conversion', findLiveLink, token, cookieOf);

/** Counts one look at a shared result by a browser that may see it; the owner's own are not counted. */
export async function countResultView(
  token: string,
  viewer: { readonly cookieOf: (name: string) => string | undefined; readonly userId: string | null },
): Promise<Result<null>> {
  const share = await findResultLink(token, viewer.cookieOf);
  // Nothing is told apart here: it is a count, not a door.
  if (share?.isOpen && share.link.userId !== viewer.userId) await addView(share.link.id);
  return succeed(null);
}
