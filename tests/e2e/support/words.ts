import { readFileSync } from 'node:fs';

export type Locale = 'fa' | 'en';

type Sentences = { [key: string]: string | Sentences };

const messages = Object.fromEntries(
  (['fa', 'en'] as const).map((locale) => [
    locale,
    JSON.parse(
      readFileSync(new URL(`../../../messages/${locale}.json`, import.meta.url), 'utf8'),
    ) as Sentences,
  ]),
);

/** The sentence under a dotted key, so that tests find buttons by what people read. */
export function words(locale: Locale, key: string): string {
  let found: string | Sentences | undefined = messages[locale];
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`messages/${locale}.json has no sentence ${key}`);
  return found;
}

/** A path as the locale's reader has it. */
export function path(locale: Locale, page: string): string {
  return locale === 'fa' ? page : `/en${page === '/' ? '' : page}`;
}
