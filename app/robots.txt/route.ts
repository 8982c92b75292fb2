import { publicRoute } from '#lib/auth/door/route.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import { absoluteUrl } from '#lib/gallery/public/address.ts';

/** The host is known when the program runs, not when it is built. */
export const dynamic = 'force-dynamic';

/** What is one person's own, and what a secret link opens. */
const closed = [
  '/account',
  '/a/',
  '/admin',
  '/billing',
  '/conversions',
  '/dev/',
  '/notices',
  '/s/',
  '/studio',
  '/vendor',
  '/verify',
];

/** What programs that collect pages are asked to leave alone. Pictures are not: previews show them. */
export const GET = publicRoute({
  limit: { unlimited: 'robots: a text from memory' },
  handler: async () => {
    const prefixes = routing.locales.map((locale) => (locale === routing.defaultLocale ? '' : `/${locale}`));
    const lines = [
      'User-agent: *',
      'Allow: /api/files/',
      'Disallow: /api/',
      ...prefixes.flatMap((prefix) => closed.map((path) => `Disallow: ${prefix}${path}`)),
      '',
      `Sitemap: ${absoluteUrl('/sitemap.xml')}`,
      '',
    ];
    return new Response(lines.join('\n'), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
    });
  },
});
