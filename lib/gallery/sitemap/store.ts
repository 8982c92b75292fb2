import { askPublic } from '#lib/db/replica.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Every public page of vendors, for search engines; by id, so that a part is one walk along a key. */

export type SitemapEntry = { id: string; handle: string; changedAt: Date };

/** The ids at which the parts begin, each of so many rows. */
export async function listPartStarts(of: 'vendors' | 'albums', size: number): Promise<string[]> {
  const rows = await askPublic<{ id: string }>`
    SELECT id::text FROM (
      SELECT id, row_number() OVER (ORDER BY id) AS place FROM ${Prisma.raw(of)}
      WHERE ${of === 'vendors' ? Prisma.sql`is_active` : Prisma.sql`is_public`}
    ) numbered WHERE (place - 1) % ${size}::int = 0 ORDER BY id`;
  return rows.map(({ id }) => id);
}

/** Vendors who show something, from an id on. */
export async function listVendorEntries(
  from: string,
  before: string | null,
  limit: number,
): Promise<SitemapEntry[]> {
  return askPublic<SitemapEntry>`
    SELECT v.id::text, v.handle, v.updated_at AS "changedAt" FROM vendors v
      -- With EXISTS the planner may join the whole of both; this looks one up for each vendor of the page.
      CROSS JOIN LATERAL (
        SELECT 1 FROM published_images i WHERE i.vendor_id = v.id LIMIT 1
      ) shown
    WHERE v.is_active AND v.id >= ${from}::uuid ${until(Prisma.sql`v.id`, before)}
    ORDER BY v.id LIMIT ${limit}`;
}

/** Public albums that show something, from an id on. */
export async function listAlbumEntries(
  from: string,
  before: string | null,
  limit: number,
): Promise<SitemapEntry[]> {
  return askPublic<SitemapEntry>`
    SELECT a.id::text, a.handle, a.updated_at AS "changedAt" FROM visible_albums a
      CROSS JOIN LATERAL (
        SELECT 1 FROM album_images p JOIN visible_images i ON i.id = p.image_id WHERE p.album_id = a.id LIMIT 1
      ) shown
    WHERE a.id >= ${from}::uuid ${until(Prisma.sql`a.id`, before)}
    ORDER BY a.id LIMIT ${limit}`;
}

function until(column: Prisma.Sql, before: string | null): Prisma.Sql {
  return before ? Prisma.sql`AND ${column} < ${before}::uuid` : Prisma.empty;
}
