import { parsePhone } from '#lib/core/phone.ts';
import { type ConversionFilter, conversionShows, failureCodes } from './store.ts';

/** The filter that an address carries; a number that is none finds nobody. */
export function readConversionFilter(
  query: Readonly<Record<string, string | undefined>>,
): Exclude<ConversionFilter, { user: string }> {
  const typed = query.q?.trim() ?? '';
  return {
    show: conversionShows.find((one) => one === query.show) ?? 'failed',
    code: failureCodes.find((one) => one === query.code) ?? null,
    phone: typed ? (parsePhone(typed) ?? '') : null,
  };
}
