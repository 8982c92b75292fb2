'use client';

import { useEffect } from 'react';
import { tellError } from '#components/shell/tell-error.ts';
import lastResort from '#messages/last-resort.json' with { type: 'json' };
import './[locale]/globals.css';

/** When even the layout failed: no providers, no translations, both languages. */
export default function GlobalError({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => tellError(error), [error]);
  return (
    <html lang="fa" dir="rtl">
      <body className="grid min-h-dvh place-content-center gap-6 p-6 text-center font-sans">
        <title>{lastResort.fa.failed}</title>
        <h1 className="text-xl font-extrabold">{lastResort.fa.failed}</h1>
        <p className="text-muted">{lastResort.fa.failedText}</p>
        <p lang="en" dir="ltr" className="text-muted">
          {lastResort.en.failed}. {lastResort.en.failedText}
        </p>
        <button type="button" onClick={reset} className="text-primary underline underline-offset-4">
          {lastResort.fa.retry}
        </button>
      </body>
    </html>
  );
}
