import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { firstFont } from '#lib/core/first-font.ts';
import { direction, routing } from '#lib/core/i18n/routing.ts';
import { palette } from '../../../tailwind.config.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string) => value.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

type Theme = { [Name in keyof typeof palette.light]: string };
const colours = ({ background, ink, muted, primary, line, ...others }: Theme) =>
  `--b:${background};--i:${ink};--m:${muted};--p:${primary};--o:${others['on-primary']};--l:${line}`;

const style = `
:root{${colours(palette.light)};color-scheme:light}
@media (prefers-color-scheme:dark){:root:not(.light){${colours(palette.dark)};color-scheme:dark}}
:root.dark{${colours(palette.dark)};color-scheme:dark}
@font-face{font-family:Vazirmatn;src:url(${firstFont});font-weight:400 800}
body{margin:0;min-height:100dvh;display:grid;place-content:center;justify-items:center;gap:1rem;padding:1.5rem;box-sizing:border-box;text-align:center;background:var(--b);color:var(--i);font:1.0625rem/1.7 Vazirmatn,Tahoma,system-ui,sans-serif}
svg{width:8rem;color:var(--l);margin-bottom:1rem}
h1{font-size:2rem;line-height:1.3;margin:0 0 .75rem;text-wrap:balance}
p{margin:0;max-width:27rem;color:var(--m)}
a{margin-top:1rem;padding:.6rem 1.4rem;border-radius:.625rem;background:var(--p);color:var(--o);font-weight:600;text-decoration:none}
a:focus-visible{outline:2px solid var(--p);outline-offset:2px}`;

/** Dresses the page as the reader chose, and goes on by itself as soon as the server answers again. */
const script = `try{var t=localStorage.getItem('theme');if(t==='dark'||t==='light')document.documentElement.classList.add(t)}catch{}
function ask(){fetch('/api/health/live',{cache:'no-store'}).then(function(a){if(a.ok)location.reload()},function(){})}
addEventListener('online',ask);setInterval(ask,4000)`;

/**
 * What the service worker shows instead of a page it could not fetch. It stands alone: no style sheet, script
 * or font of a build, because none of them can be fetched then. The link without an address asks again for
 * the page one was on the way to.
 */
export const GET = publicRoute({
  params: z.object({ locale: z.enum(routing.locales) }),
  limit: { unlimited: 'offline: a text from memory' },
  handler: async ({ params: { locale }, request }) => {
    const [t, site] = await Promise.all([
      getTranslations({ locale, namespace: 'offline' }),
      getTranslations({ locale, namespace: 'site' }),
    ]);
    const nonce = text(request.headers.get('x-nonce') ?? '');
    const html = `<!doctype html>
<html lang="${locale}" dir="${direction[locale]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${text(t('title'))} · ${text(site('name'))}</title>
<style nonce="${nonce}">${style}</style>
<script nonce="${nonce}">${script}</script>
</head>
<body>
<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width=".5" aria-hidden="true"><path d="M16 1l4.4 4.4h6.2v6.2L31 16l-4.4 4.4v6.2h-6.2L16 31l-4.4-4.4H5.4v-6.2L1 16l4.4-4.4V5.4h6.2z"/></svg>
<main>
<h1>${text(t('title'))}</h1>
<p>${text(t('text'))}</p>
</main>
<a href="">${text(t('retry'))}</a>
</body>
</html>`;
    return new Response(html, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
  },
});
