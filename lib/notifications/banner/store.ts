import type { Tx } from '#lib/db/transact.ts';

/** What pages say at their top for a while. */

export const bannerKinds = ['news', 'maintenance'] as const;
export type BannerKind = (typeof bannerKinds)[number];

export type Banner = {
  readonly id: string;
  readonly kind: BannerKind;
  readonly fa: string;
  readonly en: string;
  /** Of news: when it is shown; of maintenance: when the work is done. */
  readonly startsAt: Date;
  readonly endsAt: Date;
};

/** At most so many stand above each other. */
const shownAtMost = 3;

/** Those that are not over, work on the site first. */
export async function listComingBanners(tx: Tx): Promise<Banner[]> {
  return tx.$queryRaw<Banner[]>`
    SELECT id, kind, fa, en, starts_at AS "startsAt", ends_at AS "endsAt" FROM site_banners
    WHERE retired_at IS NULL AND ends_at > clock_timestamp()
    ORDER BY kind, starts_at, id LIMIT ${shownAtMost}`;
}
