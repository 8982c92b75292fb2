'use client';

import { useTranslations } from 'next-intl';
import { type ShownEngine, useEngineNames } from './engine-names.ts';

/** What a person agrees to by sending a photo, as this installation is configured. */
export type ShownTerms = { code: string; engines: readonly ShownEngine[]; agreed: boolean };

/** One sentence beside the button, until it was agreed to: what is kept, how long, and which engines may see it. */
export function PhotoTermsLine({ terms }: { terms: ShownTerms }) {
  const t = useTranslations('files.terms');
  const names = useEngineNames();
  if (terms.agreed) return null;
  const { engines } = terms;
  const text = engines.length > 0 ? t('hosted', { engine: names(engines) }) : t('local');
  return <p className="max-w-form text-xs text-muted">{text}</p>;
}
