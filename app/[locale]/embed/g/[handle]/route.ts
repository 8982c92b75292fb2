import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { firstFont } from '#lib/core/first-font.ts';
import { framePolicy, newNonce } from '#lib/core/http/security-headers.ts';
import { direction, routing } from '#lib/core/i18n/routing.ts';
import { fail } from '#lib/core/result.ts';
import { variantUrl } from '#lib/files/image/view.ts';
import { readEmbed } from '#lib/gallery/embed/read-embed.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { profilePath, tryPath } from '#lib/gallery/public/paths.ts';
import { handleText } from '#lib/gallery/public/read-gallery.ts';
import { noteEmbed } from '#lib/gallery/visit/note-visit.ts';
import { palette } from '../../../../../tailwind.config.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string) => value.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

const { light, dark } = palette;
const style = `
:root{--b:${light.surface};--i:${light.ink};--m:${light.muted};--p:${light.primary};color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--b:${dark.surface};--i:${dark.ink};--m:${dark.muted};--p:${dark.primary}}}
@font-face{font-family:Vazirmatn;src:url(${firstFont});font-weight:400 800}
body{margin:0;padding:12px;background:var(--b);color:var(--i);font:15px/1.7 Vazirmatn,Tahoma,system-ui,sans-serif}
header{display:flex;justify-content:space-between;align-items:baseline;gap:12px;margin-bottom:8px}
h1{font-size:17px;margin:0;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
a{color:var(--p)}
ul{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(112px,1fr));gap:8px}
li a{display:block;border-radius:10px;overflow:hidden;text-decoration:none}
img{display:block;width:100%;height:auto;aspect-ratio:1;object-fit:cover}
li span{display:block;padding:4px 2px;font-size:13px;text-align:center;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
a:focus-visible{outline:2px solid var(--p);outline-offset:2px}`;

/**
 * A shop's looks for the shop's own site: a page without a script, framed by the sites that the shop lists and by no other.
 * Every link opens our page beside it, in a window of its own.
 */
export const GET = publicRoute({
  params: z.object({ locale: z.enum(routing.locales), handle: handleText }),
  limit: 'public.read',
  handler: async ({ params: { locale, handle }, request, device }) => {
    const [embed, t, looks, kinds] = await Promise.all([
      readEmbed(handle),
      getTranslations({ locale, namespace: 'outside.embed' }),
      getTranslations({ locale, namespace: 'looks.try' }),
      getTranslations({ locale, namespace: 'looks.kind' }),
    ]);
    if (!embed) return fail('notFound', `visitors see no vendor at ${handle}`);
    const { vendor, images, hosts } = embed;
    await noteEmbed(vendor.id, request.headers, device);
    const away = 'target="_blank" rel="noopener"';
    const items = images.map((image) => {
      const name = image.title ?? kinds(image.lookKind);
      return `<li><a href="${text(publicUrl(locale, tryPath(image.id)))}" ${away}><img src="${text(variantUrl(image, 'w320'))}" alt="${text(name)}" width="320" height="320" loading="lazy"><span>${text(looks(image.lookKind))}</span></a></li>`;
    });
    const nonce = newNonce();
    const html = `<!doctype html>
<html lang="${locale}" dir="${direction[locale]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${text(vendor.name)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<header><h1><bdi>${text(vendor.name)}</bdi></h1><a href="${text(publicUrl(locale, profilePath(vendor.handle)))}" ${away}>${text(t('all'))}</a></header>
${items.length > 0 ? `<ul>${items.join('')}</ul>` : `<p>${text(t('empty'))}</p>`}
</main>
</body>
</html>`;
    return new Response(html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        // What a vendor changes is seen at once.
        'cache-control': 'no-cache',
        'content-security-policy': framePolicy(nonce, hosts),
      },
    });
  },
});
