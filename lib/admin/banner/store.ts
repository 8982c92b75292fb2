import type { Tx } from '#lib/db/transact.ts';
import type { Banner } from '#lib/notifications/banner/store.ts';

export type BannerRow = Banner & { readonly retiredAt: Date | null };

/** What was and is said to everybody, the latest first. */
export async function listBanners(tx: Tx, limit: number): Promise<BannerRow[]> {
  return tx.$queryRaw<BannerRow[]>`
    SELECT id, kind, fa, en, starts_at AS "startsAt", ends_at AS "endsAt", retired_at AS "retiredAt"
    FROM site_banners ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
}

export async function insertBanner(tx: Tx, banner: Omit<Banner, 'id'>, createdBy: string): Promise<string> {
  const { kind, fa, en, startsAt, endsAt } = banner;
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO site_banners (kind, fa, en, starts_at, ends_at, created_by)
    VALUES (${kind}, ${fa}, ${en}, ${startsAt}, ${endsAt}, ${createdBy}::uuid) RETURNING id`;
  if (!row) throw new Error('a banner was not written');
  return row.id;
}

/** Takes it from every page. False when it was taken away before. */
export async function retireBannerRow(tx: Tx, id: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE site_banners SET retired_at = clock_timestamp() WHERE id = ${id}::uuid AND retired_at IS NULL`;
  return changed === 1;
}
