import { describe, expect, it } from 'vitest';
import { firstFont } from '#lib/core/first-font.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { fontFaces } from '#scripts/fonts/ranges.ts';

const faces = fontFaces();
const first = new Set(faces.at(-1)?.points);

describe('the first font file', () => {
  it('is the last face of fonts.css, so that it is asked before the other', () => {
    expect(faces.at(-1)?.file).toBe(firstFont);
  });

  it.each([
    ['Persian', fa],
    ['English', en],
  ])('holds every letter of our own sentences in %s', (_, messages) => {
    const letters = new Set(JSON.stringify(messages).replaceAll('\\n', ' '));
    expect([...letters].filter((letter) => !first.has(letter.codePointAt(0) ?? 0))).toEqual([]);
  });

  it('holds every digit and sign that numbers and dates are written with', () => {
    const written = ['fa-IR', 'en-GB'].flatMap((locale) => [
      new Intl.NumberFormat(locale).format(-1234567890.5),
      new Intl.NumberFormat(locale, { style: 'percent' }).format(0.123),
    ]);
    const letters = new Set(written.join(''));
    expect([...letters].filter((letter) => !first.has(letter.codePointAt(0) ?? 0))).toEqual([]);
  });
});
