import { createTranslator } from 'next-intl';
import { _createCache, _createIntlFormatters } from 'use-intl/core';
import { expect, test } from 'vitest';
import formatCompiled from '#lib/core/i18n/format-compiled.ts';
import { compileMessage } from '#lib/core/i18n/format-message.ts';
import { formats } from '#lib/core/i18n/request.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

/** All sentences below, each with its name. */
function sentences(tree: object, under = ''): [name: string, text: string][] {
  return Object.entries(tree).flatMap(([name, inner]: [string, string | object]) =>
    typeof inner === 'string' ? [[`${under}${name}`, inner]] : sentences(inner, `${under}${name}.`),
  );
}

/** Something for every value that a sentence asks for: `n` where it counts. */
function valuesFor(text: string, n: number) {
  const values: Record<string, number | string | Date | ((inner: unknown) => string)> = {};
  for (const [, name = '', kind = ''] of text.matchAll(/\{(\w+)(?:, (\w+))?/g)) {
    values[name] ??=
      kind === 'date' || kind === 'time' ? new Date(1_800_000_000_000) : kind === 'select' ? 'other' : n;
  }
  for (const [, tag = ''] of text.matchAll(/<(\w+)>/g)) values[tag] = (inner) => `[${String(inner)}]`;
  return values;
}

const cache = _createCache();
const formatters = _createIntlFormatters(cache);

test.each(routing.locales)(
  'what a sentence is compiled to for pages reads as the sentence does (%s)',
  (locale) => {
    const all = sentences(locale === 'fa' ? fa : en);
    expect(all.length).toBeGreaterThan(3000);
    const different = all.flatMap(([name, text]) =>
      [0, 1, 3].flatMap((n) => {
        const values = valuesFor(text, n);
        const t = createTranslator({ locale, messages: { it: text }, timeZone: 'Asia/Tehran' });
        const whole = t.rich('it', values as Parameters<typeof t.rich>[1]);
        const options = { globalFormats: formats, formatters, locale, timeZone: 'Asia/Tehran', cache };
        const short = formatCompiled('it', compileMessage(text), values, options);
        // Text for text: a list of nothing is no empty sentence, and the sentence's name would be shown.
        return JSON.stringify(whole) === JSON.stringify(short) ? [] : [`${name}: ${whole} | ${short}`];
      }),
    );
    expect(different).toEqual([]);
    // On the server a page's own sentences are asked for a second time.
    const alone = all.map(([, text]) => compileMessage(text)).filter((one) => typeof one === 'string');
    expect(alone.filter((one) => compileMessage(one) !== one)).toEqual([]);
  },
);
