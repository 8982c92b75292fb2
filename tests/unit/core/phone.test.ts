import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPhone, parsePhone, showPhone, toNationalPhone } from '#lib/core/phone.ts';

const same = '+989123456789';

describe('a mobile number', () => {
  it.each([
    ['national', '09123456789'],
    ['without the zero', '9123456789'],
    ['international', '+989123456789'],
    ['with two zeros', '00989123456789'],
    ['with the bare country code', '989123456789'],
    ['with the country code and the zero', '+9809123456789'],
    ['in Persian digits', '۰۹۱۲۳۴۵۶۷۸۹'],
    ['in Arabic digits', '٠٩١٢٣٤٥٦٧٨٩'],
    ['in mixed digits', '۰۹12٣٤۵6789'],
    ['in full-width digits', '＋９８９１２３４５６７８９'],
    ['with spaces', ' 0912 345 6789 '],
    ['with dashes', '0912-345-6789'],
    ['with brackets and dots', '(0912) 345.6789'],
    ['inside bidi marks', '\u202a+98 912 345 6789\u202c'],
    ['with a left-to-right mark', '\u200e09123456789'],
    ['with a zero-width non-joiner', '0912\u200c3456789'],
    ['with a byte order mark', '\ufeff09123456789'],
    ['with an unbreakable space', '0912\u00a0345\u00a06789'],
  ])('is read %s', (_, text) => expect(parsePhone(text)).toBe(same));

  it.each([
    ['nothing', ''],
    ['a landline of Tehran', '02188776655'],
    ['a landline with its country code', '+982188776655'],
    ['a number of another country', '+14155552671'],
    ['a digit too few', '0912345678'],
    ['a digit too many', '091234567890'],
    ['a number inside a sentence', 'call 09123456789'],
    ['a number in a link', 'https://example.org/09123456789'],
    ['two zeros and no country', '009123456789'],
    ['an extension', '09123456789 ext 5'],
    ['letters', 'o9123456789'],
    ['two numbers', '09123456789,09123456780'],
    ['a very long text', '0'.repeat(100_000)],
  ])('is not read from %s', (_, text) => expect(parsePhone(text)).toBeNull());

  it('is read back from the way it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (tail) => {
        const phone = `+989${String(tail).padStart(9, '0')}`;
        expect(parsePhone(toNationalPhone(phone))).toBe(phone);
        expect(parsePhone(showPhone(phone, 'fa'))).toBe(phone);
      }),
    );
  });

  it('is shown in the reader’s digits', () => {
    expect(showPhone(same, 'fa')).toBe('۰۹۱۲ ۳۴۵ ۶۷۸۹');
    expect(showPhone(same, 'en')).toBe('0912 345 6789');
  });

  it('cannot be told from its mask', () => expect(maskPhone(same)).toBe('+98912***6789'));
});
