import { z } from 'zod';
import { decodeCursor } from '#lib/core/cursor.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import type { LookCredit } from '#lib/gallery/look/kinds.ts';
import { findReferenceRow, type KitRow, listKitImages, listKitRows, listShopLooks } from './store.ts';
import { type ReferenceView, type StyleKit, toReferenceView, toStyleKit } from './view.ts';

const pageSize = 12;
const imagesOfKit = 12;

/** One page of the style kits, newest first. */
export async function listStyleKits(cursor?: string): Promise<Page<StyleKit>> {
  const rows = await listKitRows({ after: decodeCursor('time', cursor) }, pageSize + 1);
  const { items, next } = pageOf(rows, pageSize);
  return { items: await withImages(items), next };
}

/** One style kit; null when there is none, or none that visitors see. */
export async function findStyleKit(albumId: string): Promise<StyleKit | null> {
  if (!z.uuid().safeParse(albumId).success) return null;
  const [kit] = await withImages(await listKitRows({ albumId }, 1));
  return kit ?? null;
}

/** A picture that may be asked for as a reference; null when visitors do not see it. */
export async function findReference(imageId: string): Promise<ReferenceView | null> {
  const row = z.uuid().safeParse(imageId).success ? await findReferenceRow(imageId) : null;
  return row && toReferenceView(row);
}

const otherLooks = 12;

/**
 * What else the shop offers whose look something was made in, more of its kind first; nothing of a shop that visitors do
 * not see.
 */
export async function listOtherLooks({
  kind,
  shop,
  picture,
}: Pick<LookCredit, 'kind' | 'shop' | 'picture'>): Promise<ReferenceView[]> {
  if (!shop) return [];
  return (await listShopLooks(shop.handle, kind, picture?.id ?? null, otherLooks)).map(toReferenceView);
}

async function withImages(kits: readonly KitRow[]): Promise<StyleKit[]> {
  const images = await listKitImages(
    kits.map(({ id }) => id),
    imagesOfKit,
  );
  return kits.map((kit) =>
    toStyleKit(
      kit,
      images.filter(({ albumId }) => albumId === kit.id),
    ),
  );
}
