import { requireUser } from '#lib/auth/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import type { LookName } from '#lib/styles/catalogue.ts';
import { findConversion } from './find-conversion.ts';
import { historyQuery, isLookName } from './input.ts';
import { type ConversionPage, listConversions } from './list-conversions.ts';
import { type HistoryFilter, listUsedStyles } from './read-store.ts';
import { readWait, type WaitView } from './read-wait.ts';
import type { ConversionView } from './view.ts';

/** The signed-in user's conversion, or null when it is not one of theirs. Sends visitors to sign in. */
export async function getConversionPage(locale: Locale, id: string): Promise<ConversionView | null> {
  const found = await findConversion(await requireUser(locale), id);
  return found.ok ? found.value : null;
}

/** What the history shows, and what else of it could be asked for. */
export type HistoryPage = ConversionPage & { filter: HistoryFilter; styles: LookName[] };

/** A page of the signed-in user's history, as its address asks for it. Sends visitors to sign in. */
export async function getHistoryPage(locale: Locale, query: unknown): Promise<HistoryPage> {
  const user = await requireUser(locale);
  const { filter, cursor } = historyQuery.parse(query);
  const [page, styles] = await Promise.all([
    listConversions(user, { filter, cursor }),
    listUsedStyles(user.userId),
  ]);
  return { ...page, filter, styles: styles.filter(isLookName) };
}

/** How long a conversion would take if it were asked for now. Sends visitors to sign in. */
export async function getWait(locale: Locale): Promise<WaitView> {
  return readWait(await requireUser(locale));
}
