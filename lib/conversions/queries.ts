import { requireUser } from '#lib/auth/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { findConversion } from './find-conversion.ts';
import { type ConversionPage, listConversions } from './list-conversions.ts';
import type { ConversionView } from './view.ts';

/** The signed-in user's conversion, or null when it is not one of theirs. Sends visitors to sign in. */
export async function getConversionPage(locale: Locale, id: string): Promise<ConversionView | null> {
  const found = await findConversion(await requireUser(locale), id);
  return found.ok ? found.value : null;
}

/** A page of the signed-in user's history. Sends visitors to sign in. */
export async function listConversionsPage(locale: Locale, cursor?: string): Promise<ConversionPage> {
  return listConversions(await requireUser(locale), cursor);
}
