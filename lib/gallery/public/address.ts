import { env } from '#lib/core/env/env.ts';
import { type Locale, localePath, routing } from '#lib/core/i18n/routing.ts';

/** Addresses of public pages as others are told them: whole, with the host that people open. */
export function publicUrl(locale: Locale, path: string): string {
  return `${env().nextauthUrl}${localePath(locale, path)}`;
}

/** Which address of a page counts, and where it stands in the other languages. */
export function alternatesOf(locale: Locale, path: string) {
  return {
    canonical: publicUrl(locale, path),
    languages: {
      ...Object.fromEntries(routing.locales.map((one) => [one, publicUrl(one, path)])),
      'x-default': publicUrl(routing.defaultLocale, path),
    },
  };
}

/** The address of something on our host, for those who read it elsewhere. */
export function absoluteUrl(path: string): string {
  return new URL(path, env().nextauthUrl).href;
}
