import { requireAdmin } from '#lib/auth/door/current.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { db } from '#lib/db/client.ts';
import { pageSize, placeRoles } from '../policy.ts';
import { type CircularRow, type CircularState, listCirculars } from './store.ts';

/** Notices of the operators, newest first. */
export async function getCirculars(
  locale: Locale,
  state: CircularState,
  cursor?: string,
): Promise<Page<CircularRow>> {
  await requireAdmin(locale, placeRoles.circulars);
  return pageOf(await listCirculars(db(), state, decodeCursor('time', cursor), pageSize + 1), pageSize);
}
