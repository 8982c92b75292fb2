import { noteShown } from '#lib/core/pages/record.ts';
import { bannersScope } from '#lib/db/changes/watch-changes.ts';
import { db } from '#lib/db/client.ts';
import { orLastKnown } from '#lib/db/last-known.ts';
import { isDatabaseUnavailable } from '#lib/db/unavailable.ts';
import { type Banner, listComingBanners } from './store.ts';

/** A change is told to every process; this only ends what a lost word would leave. */
const knownAs = { name: bannersScope, freshMs: 10 * 60_000 } as const;

/** News is shown while it lasts, work on the site from the moment it is announced to its end. */
export const isShown = ({ kind, startsAt, endsAt }: Banner, now: number): boolean =>
  endsAt.getTime() > now && (kind === 'maintenance' || startsAt.getTime() <= now);

/** What every page says at its top now. Open to everybody; a database that is away says nothing. */
export async function getBanners(): Promise<readonly Banner[]> {
  const now = Date.now();
  try {
    const banners = await orLastKnown(knownAs, () => listComingBanners(db()));
    const turns = banners.flatMap(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]);
    // A page that is kept says it no longer than it is so.
    noteShown(bannersScope, Math.min(...turns.filter((turn) => turn > now), Number.POSITIVE_INFINITY));
    return banners.filter((banner) => isShown(banner, now));
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    noteShown(bannersScope, now + 1000);
    return [];
  }
}
