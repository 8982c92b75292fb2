import { cookies } from 'next/headers';
import { requireVendor } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import { findAlbumLink } from '../album-link/find-album-link.ts';
import { mostPicked } from '../policy.ts';
import { findOwnLink, findPicks, listPicked, type PickedRow } from './store.ts';
import type { Picks } from './view.ts';

/** What was chosen and said behind the link of a page; null where one may not choose, or it does not open to this browser. */
export async function getPicks(token: string): Promise<Picks | null> {
  const jar = await cookies();
  const found = await findAlbumLink(token, (name) => jar.get(name)?.value);
  if (!found?.isOpen || !found.link.hasPicks) return null;
  const { id, albumId, pickedAt } = found.link;
  return { ...(await findPicks(id, albumId)), sentAt: pickedAt?.toISOString() ?? null };
}

/** What was chosen and said behind one of the vendor's links. `pickedAt` is when it was sent, ISO 8601. */
export type Selection = {
  readonly album: string;
  readonly link: string | null;
  readonly pickedAt: string | null;
  readonly images: readonly (PickedRow & { readonly image: ImageView })[];
  /** Of what was chosen, as the vendor's own programs look for them. */
  readonly fileNames: string;
};

/** The selection of one of the signed-in vendor's links; null when it is not theirs. Sends visitors to sign in. */
export async function getSelection(
  locale: Locale,
  albumId: string,
  linkId: string,
): Promise<Selection | null> {
  const { vendorId } = await requireVendor(locale);
  const link = await findOwnLink(vendorId, linkId);
  if (!link || link.albumId !== albumId) return null;
  const rows = await listPicked(vendorId, linkId, mostPicked);
  const views = await findImageViews(rows.map(({ id }) => id));
  return {
    album: link.albumName,
    link: link.name,
    pickedAt: link.pickedAt?.toISOString() ?? null,
    images: rows.flatMap((row) => {
      const image = views.get(row.id);
      return image ? [{ ...row, image }] : [];
    }),
    fileNames: rows
      .filter(({ isPicked }) => isPicked)
      .map(({ fileName }) => fileName)
      .join(', '),
  };
}
