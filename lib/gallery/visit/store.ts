import { db } from '#lib/db/client.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { Counts, ShopCounts } from './kinds.ts';

/** Counting who looks at galleries, without keeping who they are. Days are days in Tehran. */

/** What can be looked at, */
export type SeenKind = 'vendor' | 'album' | 'image';
/** and what is noted: that, presses on an offer, that one came by the code of it, and frames on other sites. */
export type VisitKind = SeenKind | 'click' | 'scan' | 'embed';

export type Visit = {
  readonly kind: VisitKind;
  readonly subjectId: string;
  /** 16 bytes, from `hashVisitor`. */
  readonly visitor: Uint8Array<ArrayBuffer>;
  /** The day whose salt the hash was made with: `2026-11-23`. */
  readonly day: string;
  /** The vendor who was signed in. */
  readonly byVendorId: string | null;
};

/** Today, and the salt of its visitors. */
export async function findVisitSalt(): Promise<{ day: string; salt: Uint8Array }> {
  const [row] = await db().$queryRaw<{ day: string; salt: Uint8Array }[]>`
    SELECT day::text, visit_salt(day) AS salt FROM visit_day() AS day`;
  if (!row) throw new Error('the database knows no day');
  return row;
}

/** Writes arrivals down, all in one statement. */
export async function insertVisits(visits: readonly Visit[]): Promise<void> {
  await db().galleryVisit.createMany({
    data: visits.map(({ day, ...visit }) => ({ ...visit, day: new Date(`${day}T00:00:00Z`) })),
  });
}

/** Counts arrivals, at most so many; answers how many it took. */
export async function rollUpVisits(limit: number): Promise<number> {
  const [row] = await db().$queryRaw<
    { taken: number }[]
  >`SELECT roll_up_gallery_visits(${limit}::int) AS taken`;
  return row?.taken ?? 0;
}

/** Forgets days that are over, most by their partitions; of what lies outside of these so many rows, which it answers. */
export async function forgetDays(limit: number): Promise<number> {
  const [row] = await db().$queryRaw<
    { gone: number }[]
  >`SELECT forget_gallery_visitors(${limit}::int) AS gone`;
  return row?.gone ?? 0;
}

const sums = Prisma.sql`sum(views)::int AS views, sum(tries)::int AS tries, sum(results)::int AS results,
  sum(shares)::int AS shares, sum(clicks)::int AS clicks, sum(sends)::int AS sends`;
const summed = Prisma.sql`g.views, g.tries, g.results, g.shares, g.clicks, g.sends`;

export type DayCounts = ShopCounts & { readonly day: string };

/** The last so many days of one thing of a vendor's, oldest first, days without anything too. */
export async function listDayCounts(
  vendorId: string,
  subject: SeenKind,
  subjectId: string,
  days: number,
): Promise<DayCounts[]> {
  return db().$queryRaw<DayCounts[]>`
    SELECT d.day::date::text AS day, coalesce(g.views, 0) AS views, coalesce(g.tries, 0) AS tries,
           coalesce(g.results, 0) AS results, coalesce(g.shares, 0) AS shares, coalesce(g.clicks, 0) AS clicks,
           coalesce(g.sends, 0) AS sends, coalesce(g.scans, 0) AS scans,
           coalesce(g.embeds, 0) AS embeds
      FROM generate_series(visit_day() - (${days}::int - 1), visit_day(), interval '1 day') AS d(day)
      LEFT JOIN gallery_days g ON g.vendor_id = ${vendorId}::uuid AND g.subject = ${subject}::text
            AND g.subject_id = ${subjectId}::uuid AND g.day = d.day::date
     ORDER BY d.day`;
}

export type ImageCounts = Counts & {
  readonly id: string;
  readonly title: string | null;
  readonly fileName: string;
};

/**
 * The images of a vendor that were tried and looked at most in the last so many days. Thousands are not sorted to show
 * the best of them: some more than are shown are looked up, and all only where so many of those were thrown away that
 * too few are left.
 */
export async function listTopImages(
  vendorId: string,
  days: number,
  limit: number,
  among: number | null = limit * 4,
): Promise<ImageCounts[]> {
  const rows = await db().$queryRaw<ImageCounts[]>`
    SELECT i.id::text, i.title, i.file_name AS "fileName", ${summed}
      FROM (SELECT subject_id, ${sums}
              FROM gallery_days
             WHERE vendor_id = ${vendorId}::uuid AND subject = 'image' AND day > visit_day() - ${days}::int
             GROUP BY subject_id ORDER BY tries DESC, views DESC, subject_id LIMIT ${among}::int) g
      -- Looked up one by one in their order, until there are enough.
      CROSS JOIN LATERAL (
        SELECT * FROM images WHERE id = g.subject_id AND vendor_id = ${vendorId}::uuid AND deleted_at IS NULL
        OFFSET 0
      ) i
     ORDER BY g.tries DESC, g.views DESC, g.subject_id LIMIT ${limit}`;
  return rows.length === limit || among === null ? rows : listTopImages(vendorId, days, limit, null);
}

export type AlbumCounts = Counts & { readonly id: string; readonly name: string };

/** The same for albums. */
export async function listTopAlbums(vendorId: string, days: number, limit: number): Promise<AlbumCounts[]> {
  return db().$queryRaw<AlbumCounts[]>`
    SELECT a.id::text, a.name, ${summed}
      FROM (SELECT subject_id, ${sums}
              FROM gallery_days
             WHERE vendor_id = ${vendorId}::uuid AND subject = 'album' AND day > visit_day() - ${days}::int
             GROUP BY subject_id) g
      JOIN albums a ON a.id = g.subject_id AND a.vendor_id = ${vendorId}::uuid
     ORDER BY g.tries DESC, g.views DESC, a.id LIMIT ${limit}`;
}
