import { getTranslations } from 'next-intl/server';
import { nameEngines } from '#components/files/engine-names.ts';
import type { LegalPage } from '#lib/account/legal/policy.ts';
import { env } from '#lib/core/env/env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

/** A page of law as it is shown before an operator has published one. */
export type BuiltIn = {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly { readonly name: string; readonly title: string; readonly text: string }[];
};

/** Which parts there are, as this installation is configured. */
function partsOf(page: LegalPage): readonly string[] {
  if (page === 'terms') return ['photos', 'vendors', 'quota', 'money', 'limits'];
  const engine = env().engines.length > 0 ? 'engineHosted' : 'engineLocal';
  return ['kept', 'who', engine, 'check', 'galleries', 'services', 'password', 'long', 'rights', 'cookies'];
}

export async function builtInLegal(page: LegalPage, locale: Locale): Promise<BuiltIn> {
  const [t, files] = await Promise.all([
    getTranslations({ locale, namespace: `pages.${page}` }),
    getTranslations({ locale, namespace: 'files' }),
  ]);
  const values = { engine: nameEngines(env().engines, files, locale) };
  return {
    title: t('title'),
    lead: t('lead'),
    sections: partsOf(page).map((name) => ({
      name,
      title: t(`${name}.title`),
      text: t(`${name}.text`, values),
    })),
  };
}

/** The same as an operator types it, to begin with. */
export async function builtInDraft(page: LegalPage, locale: Locale): Promise<string> {
  const { lead, sections } = await builtInLegal(page, locale);
  return [lead, ...sections.flatMap(({ title, text }) => [`# ${title}`, text])].join('\n\n');
}
