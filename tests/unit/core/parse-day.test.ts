import { expect, test } from 'vitest';
import { formatDay, parseDay } from '#lib/core/dates.ts';

test.each([
  ['1406/01/01', '2027-03-20T20:30:00.000Z'],
  ['1405-12-29', '2027-03-19T20:30:00.000Z'],
  ['1403/12/30', '2025-03-19T20:30:00.000Z'],
  ['1405/09/09', '2026-11-29T20:30:00.000Z'],
  ['2027-03-21', '2027-03-20T20:30:00.000Z'],
])('%s begins in Tehran at %s', (typed, moment) => {
  expect(parseDay(typed)?.toISOString()).toBe(moment);
});

test.each(['', '1406/13/01', '1406/07/31', '1404/12/30', '2027-02-29', '1406/1', 'tomorrow', '0000-01-01'])(
  '%s is no day',
  (typed) => {
    expect(parseDay(typed)).toBeNull();
  },
);

test('each day of twelve years comes back as it was written', () => {
  for (let year = 1400; year < 1412; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      const first = parseDay(`${year}/${month}/1`);
      expect(first, `${year}/${month}`).not.toBeNull();
      const shown = formatDay('fa', first ?? new Date(0));
      expect(shown.startsWith('۱ '), shown).toBe(true);
      expect(shown.endsWith(new Intl.NumberFormat('fa-IR', { useGrouping: false }).format(year)), shown).toBe(
        true,
      );
    }
  }
});
