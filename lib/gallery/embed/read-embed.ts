import type { Locale } from '#lib/core/i18n/routing.ts';
import { absoluteUrl, publicUrl } from '../public/address.ts';
import { profilePath } from '../public/paths.ts';
import { findVendorPage, type PublicVendor } from '../public/read-gallery.ts';
import type { GalleryImage } from '../public/view.ts';
import { findHosts } from './store.ts';

/** How large the frame is where a site does not say otherwise, in CSS pixels. */
export const embedSize = { width: 640, height: 420 } as const;

const shown = 12;

/** Where the looks stand alone, to be framed. */
export const embedPath = (handle: string) => `/embed/g/${handle}`;

/** What is shown on another site: a few of the newest looks, and which sites may show them. */
export type Embed = {
  readonly vendor: PublicVendor;
  readonly images: readonly GalleryImage[];
  readonly hosts: readonly string[];
};

/** The looks of the vendor at this address; null where visitors see nobody. A former handle still answers. */
export async function readEmbed(handle: string): Promise<Embed | null> {
  const page = await findVendorPage(handle);
  if (!page) return null;
  if ('moved' in page) return readEmbed(page.moved);
  const { vendor, images } = page;
  return { vendor, images: images.items.slice(0, shown), hosts: await findHosts(vendor.id) };
}

/** Where other programs ask what a shop's page is embedded as. */
export function oembedUrl(locale: Locale, handle: string): string {
  return absoluteUrl(`/api/oembed?${new URLSearchParams({ url: publicUrl(locale, profilePath(handle)) })}`);
}

/** The code that a site puts where the looks are to stand. It loads no script. */
export function embedCode(locale: Locale, { handle, name }: { handle: string; name: string }): string {
  const title = name.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const { width, height } = embedSize;
  return (
    `<iframe src="${publicUrl(locale, embedPath(handle))}" title="${title}" width="${width}" height="${height}" ` +
    'loading="lazy" style="border:0;max-width:100%" sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe>'
  );
}
