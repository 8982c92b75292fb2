import { createTranslator } from 'next-intl';
import { expect, test } from 'vitest';
import { kindOf, makersOf } from '#components/files/engine-names.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

const makers = [{ name: 'gemini', country: 'DE', looks: ['style', 'hair'] }];

test('who makes a look goes by its kind: our presets as style, a picture without a kind as light', () => {
  const kinds = [
    { name: 'noir' },
    { name: 'reference:1', order: { kind: 'hair' } },
    { name: 'reference:2', order: { kind: 'fabric' } },
    { name: 'reference:3' },
  ].map(kindOf);
  expect(kinds).toEqual(['style', 'hair', 'fabric', 'light']);
  expect(kinds.map((kind) => makersOf(kind, makers).length)).toEqual([1, 1, 0, 0]);
});

test.each([
  ['en', en, '40%'],
  ['fa', fa, '۴۰٪'],
] as const)(
  'a strength that a hosted engine knows nothing of is named as the slider named it (%s)',
  (locale, messages, share) => {
    const t = createTranslator({ locale, messages, namespace: 'studio.samples' });
    expect(t('wholeLook', { share: 0.4 })).toContain(share);
  },
);
