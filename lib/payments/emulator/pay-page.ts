import { firstFont } from '#lib/core/first-font.ts';
import { newNonce } from '#lib/core/http/security-headers.ts';
import { direction, type Locale } from '#lib/core/i18n/routing.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { palette } from '../../../tailwind.config.ts';
import type { Face } from './faces.ts';
import type { EmulatedSession } from './store.ts';

/** The bank's page of the emulator: plain HTML without scripts, in our colours, under a policy of its own. */

const words = { fa: fa.emulator, en: en.emulator } as const;

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const names = [
  'background',
  'surface',
  'ink',
  'muted',
  'line',
  'primary',
  'on-primary',
  'warning',
  'warning-soft',
] as const;
const variables = (theme: 'light' | 'dark') =>
  names.map((name) => `--${name}:${palette[theme][name]}`).join(';');

const style = `
:root{color-scheme:light dark;${variables('light')}}
@media (prefers-color-scheme:dark){:root{${variables('dark')}}}
@font-face{font-family:Vazirmatn;font-weight:400 800;src:url("${firstFont}") format("woff2")}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--background);color:var(--ink);font:400 1.0625rem/1.7 Vazirmatn,Tahoma,system-ui,sans-serif}
.note{margin:0;padding:.5rem 1.5rem;text-align:center;font-size:.9375rem;background:var(--warning-soft);color:var(--warning)}
main{width:100%;max-width:27.5rem;margin:auto;padding:1.5rem}
.card{display:grid;gap:1.25rem;padding:1.5rem;border:1px solid var(--line);border-radius:1rem;background:var(--surface)}
h1{margin:0;font-size:1.25rem;font-weight:800}
p{margin:0}
dl{display:grid;gap:.75rem;margin:0}
dt{font-size:.9375rem;color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
.amount{font-size:2rem;line-height:1.3;font-weight:800}
.small{font-size:.9375rem;color:var(--muted)}
nav{display:grid;gap:.75rem}
a{color:var(--primary);text-underline-offset:.25em}
.button{display:block;min-height:3rem;padding:.6rem 1rem;border:1px solid var(--line);border-radius:.625rem;text-align:center;text-decoration:none;color:var(--ink);font-weight:600}
.first{border-color:var(--primary);background:var(--primary);color:var(--on-primary)}
a:focus-visible{outline:2px solid var(--primary);outline-offset:2px}
.language{margin-top:1rem;text-align:center;font-size:.9375rem}`;

function page(locale: Locale, title: string, content: string, status = 200): Response {
  const nonce = newNonce();
  const html = `<!doctype html>
<html lang="${locale}" dir="${direction[locale]}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title><style nonce="${nonce}">${style}</style></head>
<body><p class="note">${escapeHtml(words[locale].note)}</p><main>${content}</main></body></html>`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  });
}

/** Persian unless the address asks for English. */
export function localeOf(url: URL): Locale {
  return url.searchParams.get('lang') === 'en' ? 'en' : 'fa';
}

/** What is to be paid, and every way it can go. `face` is the gateway that it stands at. */
export function payPage(session: EmulatedSession, { base, payPath }: Face, locale: Locale): Response {
  const t = words[locale];
  const format = new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en-US');
  const way = (outcome: string, label: string, isFirst = false) =>
    `<a class="button${isFirst ? ' first' : ''}" data-pay="${outcome}" rel="nofollow" href="${base}/pg/verify/${session.token}?status=${outcome}&amp;lang=${locale}">${escapeHtml(label)}</a>`;
  const other = locale === 'fa' ? 'en' : 'fa';
  return page(
    locale,
    t.title,
    `<div class="card"><h1>${escapeHtml(t.title)}</h1>
<dl><div><dt>${escapeHtml(t.amount)}</dt><dd class="amount">${escapeHtml(format.format(session.amountIrr / 10n))} ${escapeHtml(t.toman)}</dd>
<dd class="small">${escapeHtml(format.format(session.amountIrr))} ${escapeHtml(t.rial)}</dd></div>
<div><dt>${escapeHtml(t.for)}</dt><dd><bdi>${escapeHtml(session.description)}</bdi></dd></div>
<div><dt>${escapeHtml(t.returnsTo)}</dt><dd class="small"><bdi dir="ltr">${escapeHtml(new URL(session.callbackUrl).host)}</bdi></dd></div></dl>
<nav>${way('OK', t.pay, true)}${way('NOK', t.cancel)}${way('FAILED', t.fail)}${way('CLOSED', t.payAndClose)}</nav></div>
<p class="language"><a href="${base}/${payPath(session.authority)}?lang=${other}" hreflang="${other}" lang="${other}">${escapeHtml(words[other].self)}</a></p>`,
  );
}

/** Paid, and nobody is sent back: what a browser that was closed at the bank leaves behind. */
export function closedPage(locale: Locale): Response {
  const t = words[locale];
  return page(
    locale,
    t.title,
    `<div class="card"><h1>${escapeHtml(t.closedTitle)}</h1><p>${escapeHtml(t.closed)}</p></div>`,
  );
}

export function missingPage(locale: Locale): Response {
  const t = words[locale];
  return page(
    locale,
    t.title,
    `<div class="card"><h1>${escapeHtml(t.missingTitle)}</h1><p>${escapeHtml(t.missing)}</p></div>`,
    404,
  );
}
