import { cookies } from 'next/headers';
import { cache } from 'react';
import { requireVendor } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import type { More } from '#lib/gallery/explore/more-items.ts';
import { hashLinkToken, isLinkToken } from '../link-token.ts';
import { linkLimits } from '../policy.ts';
import { findAlbumLink } from './find-album-link.ts';
import {
  type ClosedAlbumLink,
  findClosedAlbumLink,
  findLinkedImage,
  listAlbumLinkRows,
  listLinkedImages,
} from './store.ts';
import { type AlbumLinkView, type LinkedImage, toAlbumLinkView, toLinkedImage } from './view.ts';

/** The links of one of the signed-in vendor's albums, newest first. Sends visitors to sign in. */
export async function getAlbumLinks(locale: Locale, albumId: string): Promise<AlbumLinkView[]> {
  const { vendorId } = await requireVendor(locale);
  return (await listAlbumLinkRows(vendorId, albumId, linkLimits.listed)).map(toAlbumLinkView);
}

const imagesAPage = 60;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What stands at an album's link: its images, or the question for its password. */
export type LinkedAlbumPage =
  | { readonly state: 'locked' }
  /** It opened something once; `shop` can be asked for another. */
  | { readonly state: 'closed'; readonly shop: ClosedAlbumLink }
  | {
      readonly state: 'open';
      readonly name: string;
      readonly description: string | null;
      readonly businessName: string;
      readonly mayDownload: boolean;
      /** Whether what is downloaded is the file as it was sent, where it is kept. */
      readonly givesSent: boolean;
      readonly closingWords: string | null;
      readonly brand: { readonly logo: string | null; readonly colour: string | null };
      readonly hasPicks: boolean;
      readonly images: readonly LinkedImage[];
      /** The image after which the list goes on; null on its last page. */
      readonly next: string | null;
    };

async function closedAlbum(token: string): Promise<LinkedAlbumPage | null> {
  const shop = isLinkToken(token) ? await findClosedAlbumLink(hashLinkToken(token)) : null;
  return shop && { state: 'closed', shop };
}

/** Where the images of an album's link go on; null at their end. */
export const nextLinkedPath = (token: string, next: string | null, only: boolean) =>
  next ? `/a/${token}?${only ? 'only=1&' : ''}after=${next}` : null;

/** What this browser sees at an album's link; null when it does not open. Asked once a request. */
export const getLinkedAlbum = cache(
  async (token: string, after: string | undefined, only = false): Promise<LinkedAlbumPage | null> => {
    const jar = await cookies();
    const found = await findAlbumLink(token, (name) => jar.get(name)?.value);
    if (!found) return closedAlbum(token);
    if (!found.isOpen) return { state: 'locked' };
    const { link } = found;
    // An image that has left the album since says nothing: then it is the first page.
    const last = after && uuid.test(after) ? await findLinkedImage(link.albumId, after) : null;
    const { id, hasPicks } = link;
    const rows = await listLinkedImages(link, {
      after: last?.id ?? null,
      limit: imagesAPage + 1,
      pickedAt: only && hasPicks ? id : undefined,
    });
    const shown = rows.slice(0, imagesAPage);
    const images = shown.map((row) => toLinkedImage(token, row, link));
    return {
      state: 'open',
      name: link.albumName,
      description: link.albumDescription,
      businessName: link.businessName,
      mayDownload: link.mayDownload,
      givesSent: link.givesSent,
      closingWords: link.closingWords,
      brand: { logo: link.avatarUrl, colour: link.colour },
      hasPicks,
      images,
      next: rows.length > imagesAPage ? (images.at(-1)?.id ?? null) : null,
    };
  },
);

/** The images at an album's link after one of them; null when it does not open to this browser. */
export async function moreLinkedImages(
  token: string,
  after: string | undefined,
  only: boolean,
): Promise<More<LinkedImage> | null> {
  const page = await getLinkedAlbum(token, after, only);
  if (page?.state !== 'open') return null;
  return { items: page.images, next: nextLinkedPath(token, page.next, only) };
}
