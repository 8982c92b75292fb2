import { routing } from '#lib/core/i18n/routing.ts';

const localePrefix = new RegExp(`^/(?:${routing.locales.join('|')})(?=[/?#]|$)`);

/**
 * A path of our own site to go to after signing in, without its locale, or the fallback. What a link carries
 * is never trusted: `//elsewhere`, `/\elsewhere` and anything that leaves the site is dropped.
 */
export function safePath(path: unknown, fallback: string): string {
  if (typeof path !== 'string' || path.length > 512 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) {
    return fallback;
  }
  const base = 'http://site.invalid';
  const plain = path.replace(localePrefix, '');
  if (plain.startsWith('//') || !URL.canParse(plain, base)) return fallback;
  const url = new URL(plain, base);
  const isOurs = url.origin === base && !url.pathname.startsWith('//');
  return isOurs ? `${url.pathname}${url.search}${url.hash}` : fallback;
}
