import { publicRoute } from '#lib/auth/door/route.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import { absoluteUrl } from '#lib/gallery/public/address.ts';

/** The host is known when the program runs, not when it is built. */
export const dynamic = 'force-dynamic';

/**
 * What is one person's own. What a secret link opens is not among them: the programs that draw a preview of a link obey
 * this file, and those that list pages read in the page itself that it is not to be listed.
 */
const closed = [
  '/account',
  '/admin',
  '/billing',
  '/conversions',
  '/dev/',
  '/notices',
  '/vendor$',
  '/vendor/',
  '/verify',
];
/** The longest rule counts (RFC 9309). */
const open = ['/vendor/signup', '/vendor/login'];

/** What programs that collect pages are asked to leave alone. Pictures are not: previews show them. */
export const GET = publicRoute({
  limit: { unlimited: 'robots: a text from memory' },
  handler: async () => {
    const prefixes = routing.locales.map((locale) => (locale === routing.defaultLocale ? '' : `/${locale}`));
    const lines = [
      'User-agent: *',
      'Allow: /api/files/',
      'Allow: /api/shares/',
      'Disallow: /api/',
      ...prefixes.flatMap((prefix) => closed.map((path) => `Disallow: ${prefix}${path}`)),
      ...prefixes.flatMap((prefix) => open.map((path) => `Allow: ${prefix}${path}`)),
      '',
      `Sitemap: ${absoluteUrl('/sitemap.xml')}`,
      '',
    ];
    return new Response(lines.join('\n'), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
    });
  },
});
