import { encode, renderSVG } from 'uqr';
import { env } from '#lib/core/env/env.ts';
import { direction, type Locale } from '#lib/core/i18n/routing.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { albumPath, profilePath, scanMark, withImage } from '#lib/gallery/public/paths.ts';
import { findAlbumPage, findVendorPage } from '#lib/gallery/public/read-gallery.ts';
import { receiptFonts } from '#lib/payments/receipt/fonts.ts';
import { ReceiptPaper } from '#lib/payments/receipt/paper.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

/** What a code leads to: a shop, one of its albums, or one of its pictures. */
export type QrTarget = {
  readonly handle: string;
  readonly album?: string | undefined;
  readonly image?: string | undefined;
};

type Found = { readonly path: string; readonly shop: string; readonly name: string | null };

/** A chat that a picture's code opens in place of its page: its address, and how one gets there. */
type QrChat = { readonly address: string; readonly how: string };

/** What is drawn: the text of the code, the address in words below it, and what one does with it. */
type Drawn = Found & { readonly code: string; readonly address: string; readonly how: string };

/** Finds what visitors see there; null when it is nothing. */
async function findTarget({ handle, album, image }: QrTarget): Promise<Found | null> {
  if (album) {
    const page = await findAlbumPage(handle, album);
    if (!page || 'moved' in page) return null;
    return { path: albumPath(page.vendor.handle, page.id), shop: page.vendor.name, name: page.name };
  }
  const page = await findVendorPage(handle, { image });
  if (!page || 'moved' in page) return null;
  const home = profilePath(page.vendor.handle);
  if (!image) return { path: home, shop: page.vendor.name, name: null };
  const found = page.images.items.find(({ id }) => id === image);
  return found ? { path: withImage(home, image), shop: page.vendor.name, name: found.title } : null;
}

/** How much of a code may be lost on paper and read all the same (ISO/IEC 18004): a quarter. */
const printed = { ecc: 'Q', border: 0 } as const;
/** Points on an A5 sheet. */
const side = 250;

/** A sheet to stand in a shop's window: its name, the code, and what one does with it. */
async function drawSheet({ shop, name, code, address, how }: Drawn, locale: Locale): Promise<Buffer> {
  const { data, size } = encode(code, printed);
  const { outside, site } = { fa, en }[locale];
  const paper = new ReceiptPaper(await receiptFonts(), direction[locale], {
    title: shop,
    author: site.name,
    language: locale === 'fa' ? 'fa-IR' : 'en',
    at: new Date(),
  });
  paper.mark(36, 26);
  paper.line(site.name, 40, { size: 11, bold: true, at: 'end' });
  paper.line(shop, 92, { size: 26, bold: true, at: 'middle' });
  if (name) paper.line(name, 134, { size: 14, color: 'muted', at: 'middle' });
  paper.cells(data, size, 170, side);
  paper.line(outside.sheet.call, 440, { size: 15, bold: true, color: 'primary', at: 'middle' });
  paper.line(how, 468, { size: 10, color: 'muted', at: 'middle' });
  paper.line(address.replace(/^https?:\/\//, ''), 520, {
    size: 9,
    color: 'muted',
    at: 'middle',
    direction: 'ltr',
  });
  return paper.finish();
}

/** A code as a file: its bytes, their type, and a name in plain Latin letters. */
export type QrFile = { readonly bytes: Buffer; readonly type: string; readonly fileName: string };

type QrWish = { readonly form: 'svg' | 'pdf'; readonly locale: Locale; readonly chat?: QrChat | null };

/**
 * Makes the code of a page that visitors see, as SVG or as a sheet to print; of a picture also one that opens a chat. Fails with
 * `notFound` for any other.
 */
export async function makeQr(target: QrTarget, { form, locale, chat }: QrWish): Promise<Result<QrFile>> {
  const found = await findTarget(target);
  if (!found) return fail('notFound', `visitors see nothing there at ${target.handle}`);
  const page = publicUrl(locale, found.path);
  const { address, how } = chat ?? { address: page, how: { fa, en }[locale].outside.sheet.how };
  const code = chat ? address : page + scanMark;
  const host = new URL(env().nextauthUrl).hostname.replace(/[^\w.-]/g, '');
  const fileName = `${host}-${target.handle}.${form}`;
  if (form === 'pdf') {
    return succeed({
      bytes: await drawSheet({ ...found, code, address, how }, locale),
      type: 'application/pdf',
      fileName,
    });
  }
  const svg = renderSVG(code, { ecc: 'Q', border: 4, pixelSize: 8 });
  return succeed({ bytes: Buffer.from(svg), type: 'image/svg+xml', fileName });
}
