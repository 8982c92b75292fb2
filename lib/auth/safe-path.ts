/**
 * A path of our own site to go to after signing in, or the fallback. What a link carries is never trusted:
 * `//elsewhere`, `/\elsewhere` and anything that leaves the site is dropped.
 */
export function safePath(path: unknown, fallback: string): string {
  if (typeof path !== 'string' || path.length > 512 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path))
    return fallback;
  const base = 'http://site.invalid';
  if (!URL.canParse(path, base)) return fallback;
  const url = new URL(path, base);
  return url.origin === base && !url.pathname.startsWith('//')
    ? `${url.pathname}${url.search}${url.hash}`
    : fallback;
}
