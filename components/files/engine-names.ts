import { useLocale, useTranslations } from 'next-intl';
import { isStyleName } from '#lib/styles/catalogue.ts';

/** A hosted engine, as far as people are told of it. */
export type ShownEngine = {
  readonly name: string;
  /** Two letters; empty where that is not said. */
  readonly country: string;
  /** What it makes; null: everything. */
  readonly looks: readonly string[] | null;
};

/** The hosted engines that may make a look of this kind (`style` for our own presets). */
export function makersOf(look: string, engines: readonly ShownEngine[]): readonly ShownEngine[] {
  return engines.filter(({ looks }) => looks === null || looks.includes(look));
}

/** What an engine is named for when it makes this look: `style` for our presets, else the kind of the gallery's picture. */
export function kindOf(option: { name: string; order?: { readonly kind: string } | null } | null): string {
  return option === null || isStyleName(option.name) ? 'style' : (option.order?.kind ?? 'light');
}

type Named = readonly Omit<ShownEngine, 'looks'>[];
type Words = ReturnType<typeof useTranslations<'files'>>;

/** Names engines as a sentence does: "Gemini (Google) in Germany or OpenAI". A name of the operator's stands as it is. */
export function nameEngines(engines: Named, t: Words, locale: string): string {
  const countries = new Intl.DisplayNames([locale], { type: 'region' });
  const names = engines.map(({ name, country }) => {
    const known = `engines.${name}` as 'engines.gemini';
    const engine = t.has(known) ? t(known) : name;
    return country ? t('terms.at', { engine, country: countries.of(country) ?? country }) : engine;
  });
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
}

/** The same in the reader's language. */
export function useEngineNames(): (engines: Named) => string {
  const t = useTranslations('files');
  const locale = useLocale();
  return (engines) => nameEngines(engines, t, locale);
}
