import { cookies } from 'next/headers';
import { cache } from 'react';
import { currentUser, requireUser } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { actFor } from '#lib/db/walls/acting.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import { hashLinkToken, isLinkToken } from '../link-token.ts';
import { linkLimits } from '../policy.ts';
import { findResultLink } from './find-result-link.ts';
import { isClosedLink, listLinkRows } from './store.ts';
import { type ResultLinkView, type SharedResult, toResultLinkView, toSharedImage } from './view.ts';

/** The links of one of the signed-in user's conversions. Sends visitors to sign in. */
export async function getResultLinks(locale: Locale, conversionId: string): Promise<ResultLinkView[]> {
  const { userId } = await requireUser(locale);
  return (await listLinkRows(userId, conversionId, linkLimits.listed)).map(toResultLinkView);
}

/** What stands at a link: a picture, or the question for its password. */
export type SharePage =
  | { readonly state: 'locked' }
  /** It opened something once. */
  | { readonly state: 'closed' }
  | {
      readonly state: 'open';
      readonly result: SharedResult;
      readonly isOwner: boolean;
      readonly isPublic: boolean;
    };

/** What this browser sees at a link; null when it does not open. Asked once a request. */
export const getSharePage = cache(async (token: string): Promise<SharePage | null> => {
  const jar = await cookies();
  const share = await findResultLink(token, (name) => jar.get(name)?.value);
  if (!share) {
    const isClosed = isLinkToken(token) && (await isClosedLink(hashLinkToken(token)));
    return isClosed ? { state: 'closed' } : null;
  }
  if (!share.isOpen) return { state: 'locked' };
  const { link } = share;
  const [images, user] = await Promise.all([
    actFor(link.userId, () => findImageViews([link.imageId])),
    currentUser(),
  ]);
  const image = images.get(link.imageId);
  if (!image) return null;
  return {
    state: 'open',
    result: { style: link.style, credit: link.credit, title: link.title, image: toSharedImage(token, image) },
    isOwner: user?.userId === link.userId,
    isPublic: link.passwordHash === null,
  };
});
