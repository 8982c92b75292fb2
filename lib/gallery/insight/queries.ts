import { currentVendor } from '#lib/auth/door/current.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { InsightQuery } from './input.ts';
import { type Insight, readDaysOf, readInsight, totalsOf } from './read-insight.ts';

/** What the insight page shows, days and their sums: of the gallery, or one thing of it, and the images to its lines. */
export type InsightView = Insight & {
  readonly pictures: Readonly<Record<string, ImageView>>;
  /** The name of the one thing that `days` and `totals` are about; null: the whole gallery. */
  readonly about: { readonly kind: 'image' | 'album'; readonly name: string } | null;
};

/** How the signed-in vendor's gallery was received; null for everybody else. */
export async function getInsight({ days, image, album }: InsightQuery): Promise<InsightView | null> {
  const vendor = await currentVendor();
  if (!vendor) return null;
  const insight = await readInsight(vendor, days);
  const found = await findImageViews(insight.images.map(({ id }) => id));
  const pictures = Object.fromEntries(found);
  const oneImage = insight.images.find(({ id }) => id === image);
  if (oneImage) {
    const about = { kind: 'image', name: oneImage.title ?? oneImage.fileName } as const;
    const ofOne = await readDaysOf(vendor, 'image', oneImage.id, days);
    return { ...insight, days: ofOne, totals: totalsOf(ofOne), pictures, about };
  }
  const oneAlbum = insight.albums.find(({ id }) => id === album);
  if (oneAlbum) {
    const about = { kind: 'album', name: oneAlbum.name } as const;
    const ofOne = await readDaysOf(vendor, 'album', oneAlbum.id, days);
    return { ...insight, days: ofOne, totals: totalsOf(ofOne), pictures, about };
  }
  return { ...insight, pictures, about: null };
}

/** Views, tries and results of the last thirty days; null for everybody who is no vendor. */
export async function getInsightTotals(): Promise<Insight['totals'] | null> {
  const vendor = await currentVendor();
  return vendor ? (await readInsight(vendor, 30)).totals : null;
}
