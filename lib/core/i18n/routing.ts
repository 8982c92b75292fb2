import { defineRouting } from 'next-intl/routing';

/**
 * Persian at `/...`, English at `/en/...`. The address alone decides: no cookie and no guess from the
 * browser's settings, so that a link shows the same page to everybody.
 */
export const routing = defineRouting({
  locales: ['fa', 'en'],
  defaultLocale: 'fa',
  localePrefix: 'as-needed',
  localeDetection: false,
  localeCookie: false,
});

export type Locale = (typeof routing.locales)[number];

/** Which way each locale is written. */
export const direction: Record<Locale, 'rtl' | 'ltr'> = { fa: 'rtl', en: 'ltr' };

/** A path as a browser sees it: `/studio` in Persian, `/en/studio` in English. */
export function localePath(locale: Locale, path: string): string {
  if (locale === routing.defaultLocale) return path;
  return path === '/' ? `/${locale}` : `/${locale}${path}`;
}
