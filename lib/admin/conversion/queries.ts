import { z } from 'zod';
import { requireAdmin } from '#lib/auth/door/current.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { db } from '#lib/db/client.ts';
import {
  type EngineFigureRow,
  listEngineFigures,
  listStyleFigures,
  type StyleFigureRow,
} from '#lib/operations/figures/store.ts';
import { pageSize, placeRoles } from '../policy.ts';
import {
  type AnyConversionRow,
  type ConversionDetails,
  type ConversionFilter,
  findConversionDetails,
  listAnyConversions,
} from './store.ts';

export type ConversionsView = {
  readonly page: Page<AnyConversionRow>;
  readonly styles: readonly StyleFigureRow[];
  readonly engines: readonly EngineFigureRow[];
};

export async function getConversions(
  locale: Locale,
  { filter, days, cursor }: { filter: ConversionFilter; days: 1 | 7; cursor: string | undefined },
): Promise<ConversionsView> {
  await requireAdmin(locale, placeRoles.conversions);
  const [rows, styles, engines] = await Promise.all([
    listAnyConversions(db(), filter, decodeCursor('time', cursor), pageSize + 1),
    listStyleFigures(db(), days),
    listEngineFigures(db(), days),
  ]);
  return { page: pageOf(rows, pageSize), styles, engines };
}

/** One conversion, and why it stands as it does; null when there is no such one. */
export async function getConversionDetails(locale: Locale, id: string): Promise<ConversionDetails | null> {
  await requireAdmin(locale, placeRoles.conversions);
  return z.uuid().safeParse(id).success ? findConversionDetails(db(), id) : null;
}
