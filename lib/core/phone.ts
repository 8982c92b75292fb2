/** An Iranian mobile number in E.164: `+989` and nine more digits. */
export type Phone = string & { readonly __brand: 'Phone' };

const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]/g;
const separators = /[\s\-‐-―−().·_/]/g;

/** Persian (U+06F0..) and Arabic-Indic (U+0660..) digits to ASCII. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/**
 * Reads an Iranian mobile number in any of the forms people type: 09.., 9.., +98.., 0098.., 98..,
 * with Persian or Arabic digits, spaces, dashes or bidi marks.
 * Returns null for everything else: landlines, foreign numbers, junk.
 */
export function parsePhone(text: string): Phone | null {
  if (text.length > 64) return null;
  const digits = toAsciiDigits(text.normalize('NFKC')).replace(invisible, '').replace(separators, '');
  const match = /^(?:(?:\+98|0098|98)0?|0)?(9\d{9})$/.exec(digits);
  return match ? (`+98${match[1]}` as Phone) : null;
}

/** As people here write it: 0912 345 6789. */
export function toNationalPhone(phone: string): string {
  const match = /^\+98(9\d{2})(\d{3})(\d{4})$/.exec(phone);
  return match ? `0${match[1]} ${match[2]} ${match[3]}` : phone;
}

/** As people read it in a language: in Persian with Persian digits. */
export function showPhone(phone: string, locale: string): string {
  const national = toNationalPhone(phone);
  if (locale !== 'fa') return national;
  return national.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
}

/** For logs and pages that only need to remind: +98912***6789. */
export function maskPhone(phone: string): string {
  return phone.replace(/(\+?\d{2,5})\d{3}(\d{2,4})$/, '$1***$2');
}
