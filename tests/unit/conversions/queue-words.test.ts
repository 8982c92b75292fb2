import { createTranslator } from 'next-intl';
import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

test('a place in line that is counted no further says so', () => {
  const english = createTranslator({ locale: 'en', messages: en, namespace: 'conversions.progress' });
  expect([1, 999, 1000].map((position) => english('queue', { position }))).toEqual([
    'First in line',
    '999th in line',
    'Thousandth in line, or later',
  ]);
  const persian = createTranslator({ locale: 'fa', messages: fa, namespace: 'conversions.progress' });
  expect(persian('queue', { position: 1000 })).toBe('نفر هزارم در صف یا بعد از آن');
});
