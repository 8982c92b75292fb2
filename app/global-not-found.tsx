import type { Metadata } from 'next';
import { connection } from 'next/server';
import lastResort from '#messages/last-resort.json' with { type: 'json' };
import './[locale]/globals.css';

export const metadata: Metadata = { title: lastResort.fa.missing };

/** A missing address outside both locales (a mistyped file name): plain, in both languages. */
export default async function GlobalNotFound() {
  // Rendered per request, so that the policy's nonce reaches the page.
  await connection();
  return (
    <html lang="fa" dir="rtl">
      <body className="grid min-h-dvh place-content-center gap-6 p-6 text-center font-sans">
        <h1 className="text-xl font-extrabold">{lastResort.fa.missing}</h1>
        <p lang="en" dir="ltr" className="text-muted">
          {lastResort.en.missing}
        </p>
        <a href="/" className="text-primary underline underline-offset-4">
          {lastResort.fa.home}
        </a>
      </body>
    </html>
  );
}
