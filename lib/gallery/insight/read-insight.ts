import type { VendorActor } from '#lib/core/actor.ts';
import { type ShopCounts, shopCountNames } from '../visit/kinds.ts';
import {
  type AlbumCounts,
  type DayCounts,
  type ImageCounts,
  listDayCounts,
  listTopAlbums,
  listTopImages,
} from '../visit/store.ts';

/** How far back a vendor may look, in days. */
export const insightDays = [7, 30, 90] as const;
export type InsightDays = (typeof insightDays)[number];

/** How a vendor's gallery was received. Each visitor counts once a day for each thing. */
export type Insight = {
  /** Of the whole gallery, oldest first, every day; `day` is `2026-11-23`, a day in Tehran. */
  readonly days: readonly DayCounts[];
  readonly totals: ShopCounts;
  /** Most tried first. */
  readonly images: readonly ImageCounts[];
  readonly albums: readonly AlbumCounts[];
};

const most = 50;

/** Views, tries and results of the actor's gallery over the last so many days. */
export async function readInsight(actor: VendorActor, days: InsightDays): Promise<Insight> {
  const { vendorId } = actor;
  const [perDay, images, albums] = await Promise.all([
    listDayCounts(vendorId, 'vendor', vendorId, days),
    listTopImages(vendorId, days, most),
    listTopAlbums(vendorId, days, most),
  ]);
  return {
    days: perDay,
    totals: totalsOf(perDay),
    images,
    albums,
  };
}

/** The sums of some days. */
export function totalsOf(days: readonly DayCounts[]): ShopCounts {
  const sum = (name: keyof ShopCounts) => days.reduce((total, day) => total + day[name], 0);
  return Object.fromEntries(shopCountNames.map((name) => [name, sum(name)])) as ShopCounts;
}

/** The days of one image or album of the actor's; all zero for what is not theirs. */
export async function readDaysOf(
  actor: VendorActor,
  subject: 'image' | 'album',
  subjectId: string,
  days: InsightDays,
): Promise<DayCounts[]> {
  return listDayCounts(actor.vendorId, subject, subjectId, days);
}
