import { describe, expect, it } from 'vitest';
import { formatToman, toToman } from '#lib/core/money.ts';

describe('money', () => {
  it('is stored in Rials and shown in Toman', () => {
    expect(toToman(50_000n)).toBe(5_000n);
    expect(formatToman(1_500_000n, 'fa')).toBe('۱۵۰٬۰۰۰');
    expect(formatToman(1_500_000n, 'en')).toBe('150,000');
  });

  it('is never rounded in silence', () => {
    expect(() => toToman(15n)).toThrow(RangeError);
  });
});
