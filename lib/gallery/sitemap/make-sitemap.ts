import { routing } from '#lib/core/i18n/routing.ts';
import { absoluteUrl, publicUrl } from '../public/address.ts';
import { albumPath, profilePath } from '../public/paths.ts';
import { listAlbumEntries, listPartStarts, listVendorEntries, type SitemapEntry } from './store.ts';

/** The map of the public pages (sitemaps.org 0.9), in parts that are small to make and to read. */

/** Each page stands in a part once for every language: far below the 50,000 that a part may have. */
const pagesAPart = 5000;
/** How many rows are in memory at a time. */
const batch = 50;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const fixedPages = [
  '/',
  '/studio',
  '/explore',
  '/styles',
  '/plans',
  '/privacy',
  '/terms',
  '/contact',
  '/developers',
];

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const names =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"';

const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** One page in every language, each naming the others. */
function entriesOf(path: string, changedAt?: Date): string {
  const others = routing.locales
    .map(
      (locale) =>
        `<xhtml:link rel="alternate" hreflang="${locale}" href="${escaped(publicUrl(locale, path))}"/>`,
    )
    .join('');
  const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : '';
  return routing.locales
    .map((locale) => `<url><loc>${escaped(publicUrl(locale, path))}</loc>${changed}${others}</url>\n`)
    .join('');
}

type Kind = 'vendors' | 'albums';

/** What a part's address asks for; null when it is none that we gave. */
export type SitemapPart = { kind: Kind; from: string } | { kind: 'pages' } | 'index';

export function toSitemapPart(query: URLSearchParams): SitemapPart | null {
  if (query.size === 0) return 'index';
  if (query.has('pages')) return { kind: 'pages' };
  for (const kind of ['vendors', 'albums'] as const) {
    const from = query.get(kind);
    if (from !== null) return uuid.test(from) ? { kind, from } : null;
  }
  return null;
}

async function* indexXml(): AsyncGenerator<string> {
  yield `${head}<sitemapindex ${names}>\n`;
  const part = (query: string) =>
    `<sitemap><loc>${escaped(absoluteUrl(`/sitemap.xml?${query}`))}</loc></sitemap>\n`;
  yield part('pages');
  for (const kind of ['vendors', 'albums'] as const) {
    for (const id of await listPartStarts(kind, pagesAPart)) yield part(`${kind}=${id}`);
  }
  yield '</sitemapindex>\n';
}

async function* partXml(kind: Kind, from: string): AsyncGenerator<string> {
  const starts = await listPartStarts(kind, pagesAPart);
  const end = starts.find((id) => id > from.toLowerCase()) ?? null;
  yield `${head}<urlset ${names}>\n`;
  const list = kind === 'vendors' ? listVendorEntries : listAlbumEntries;
  const pathOf = ({ id, handle }: SitemapEntry) =>
    kind === 'vendors' ? profilePath(handle) : albumPath(handle, id);
  for (let next: string | null = from; next; ) {
    const rows: SitemapEntry[] = await list(next, end, batch + 1);
    yield rows
      .slice(0, batch)
      .map((row) => entriesOf(pathOf(row), row.changedAt))
      .join('');
    next = rows[batch]?.id ?? null;
  }
  yield '</urlset>\n';
}

async function* pagesXml(): AsyncGenerator<string> {
  yield `${head}<urlset ${names}>\n${fixedPages.map((path) => entriesOf(path)).join('')}</urlset>\n`;
}

/** The text of a part, made while it is sent. */
export function sitemapXml(part: SitemapPart): AsyncGenerator<string> {
  if (part === 'index') return indexXml();
  return part.kind === 'pages' ? pagesXml() : partXml(part.kind, part.from);
}
