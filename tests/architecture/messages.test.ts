import { describe, expect, it } from 'vitest';
import { errorCodes } from '#lib/core/errors.ts';
import { styles } from '#lib/styles/catalogue.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { sourceFiles } from './imports.ts';

type Messages = { [key: string]: string | Messages };

function flatten(messages: Messages, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) flat.set(path, text);
  }
  return flat;
}

const persian = flatten(fa as Messages);
const english = flatten(en as Messages);
const placeholders = (text: string) =>
  [
    ...new Set([...text.matchAll(/(?<!(?:one|other|=\d)\s*)\{\s*(\w+)\s*[,}]/g)].map((match) => match[1])),
  ].sort();

describe('sentences', () => {
  it('exist in both languages', () => {
    expect([...persian.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('take the same values in both languages', () => {
    const wrong = [...persian].filter(
      ([key, text]) => String(placeholders(text)) !== String(placeholders(english.get(key) ?? '')),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('are there for every error code and every style', () => {
    const wanted = [
      ...errorCodes.map((code) => `errors.${code}`),
      ...styles.flatMap(({ name }) => [`styles.${name}.title`, `styles.${name}.description`]),
    ];
    expect(wanted.filter((key) => !persian.has(key))).toEqual([]);
  });

  it('use Persian letters, not their Arabic look-alikes, and no exclamation marks', () => {
    expect([...persian].filter(([, text]) => /[يكى٠-٩!]/.test(text)).map(([key]) => key)).toEqual([]);
    expect([...english].filter(([, text]) => text.includes('!')).map(([key]) => key)).toEqual([]);
  });

  it('stand in messages/ and nowhere in a component', () => {
    const wrong = sourceFiles('app', 'components').filter(({ text }) => /[\u0600-\u06FF]{3,}/.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('are not written in English between tags either', () => {
    const sentence = />\s*([A-Z][a-z]+(?: [a-z]+){2,}[^<>{}]*)</;
    const wrong = sourceFiles('app', 'components')
      .filter(({ path }) => path.endsWith('.tsx'))
      .filter(({ text }) => sentence.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
