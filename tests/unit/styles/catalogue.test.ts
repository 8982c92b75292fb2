import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { original, sampleOf } from '#components/styles/sample.ts';
import { isStyleName, styles } from '#lib/styles/catalogue.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

const samples = new URL('../../../public/samples/', import.meta.url);

describe('the style catalogue', () => {
  it('knows its own names and no other word', () => {
    for (const { name } of styles) expect(isStyleName(name)).toBe(true);
    for (const other of ['', 'Oil', 'toString', '__proto__', null, 3, ['oil']])
      expect(isStyleName(other)).toBe(false);
  });

  it('names each style once', () => {
    expect(new Set(styles.map(({ name }) => name)).size).toBe(styles.length);
  });

  it.each(styles.map(({ name }) => name))('tells about %s in Persian and in English', (name) => {
    for (const messages of [fa, en]) {
      const told: { title: string; description: string } = messages.styles[name];
      expect(told.title.length).toBeGreaterThan(2);
      expect(told.title.length).toBeLessThan(24);
      expect(told.description.length).toBeGreaterThan(20);
      expect(told.description.length).toBeLessThan(90);
    }
    // Arabic yeh and kaf look alike but are found by nobody who types Persian.
    expect(JSON.stringify(fa.styles[name])).not.toMatch(/[\u064a\u0643]/);
    expect(JSON.stringify(fa.styles[name])).toMatch(/[\u0600-\u06ff]/);
  });

  it('has a sample picture of each style in every width, as AVIF and WebP, and a notice beside the pictures', () => {
    const pictures = readdirSync(new URL('styles/', samples)).sort();
    const shown = [original, ...styles.map(({ name }) => sampleOf(name))];
    const wanted = shown.flatMap(({ srcSet = '', avifSrcSet = '' }) =>
      [srcSet, avifSrcSet].flatMap((set) =>
        [...set.matchAll(/\/samples\/styles\/(\S+) /g)].map(([, name]) => name),
      ),
    );
    expect(pictures).toEqual(wanted.sort());
    expect(existsSync(new URL('NOTICE.md', samples))).toBe(true);
    for (const file of pictures) {
      const bytes = readFileSync(new URL(`styles/${file}`, samples));
      expect(bytes.subarray(8, 12).toString()).toBe(file.endsWith('.avif') ? 'avif' : 'WEBP');
    }
  });
});
