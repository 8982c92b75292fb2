import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { db } from '#lib/db/client.ts';
import { placeRoles } from '../policy.ts';
import { type BannerRow, listBanners } from './store.ts';

const newest = 10;

/** What was and is said to everybody, the latest first. */
export async function getBannerList(locale: Locale): Promise<BannerRow[]> {
  await requireAdmin(locale, placeRoles.overview);
  return listBanners(db(), newest);
}
