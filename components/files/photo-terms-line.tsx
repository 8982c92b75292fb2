'use client';

import { useLocale, useTranslations } from 'next-intl';

/** What a person agrees to by sending a photo, as this installation is configured. */
export type ShownTerms = { code: string; engine: string; country: string; agreed: boolean };

/** One sentence beside the button, until it was agreed to: what is kept, how long, and which engine sees it. */
export function PhotoTermsLine({ terms }: { terms: ShownTerms }) {
  const t = useTranslations('files');
  const locale = useLocale();
  if (terms.agreed) return null;
  const engine = t.has(`engines.${terms.engine}`) ? t(`engines.${terms.engine}`) : terms.engine;
  const country = new Intl.DisplayNames([locale], { type: 'region' });
  const text =
    terms.engine === 'local'
      ? t('terms.local')
      : terms.country === ''
        ? t('terms.hosted', { engine })
        : t('terms.hostedIn', { engine, country: country.of(terms.country) ?? terms.country });
  return <p className="max-w-form text-xs text-muted">{text}</p>;
}
