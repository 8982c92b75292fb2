import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { db } from '#lib/db/client.ts';
import { placeRoles } from '../policy.ts';
import { type BatchRow, listBatches } from './store.ts';

const newest = 50;

/** The latest batches of gift codes. */
export async function getBatches(locale: Locale): Promise<BatchRow[]> {
  await requireAdmin(locale, placeRoles.coupons);
  return listBatches(db(), newest);
}
