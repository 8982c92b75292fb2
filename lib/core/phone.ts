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

/**
 * A number at which somebody is reached, in the form that `tel:` and wa.me need: `+98` and the rest for numbers of Iran in
 * any of the forms people type, landlines too; others with the plus they have. A short number that only works here stays
 * as it is. Null for what is no number. The same as `international_phone` in the database.
 */
export function toInternational(text: string): string | null {
  const digits = toAsciiDigits(text).replace(/[^\d+]/g, '');
  const iranian = /^(?:\+980|00980?|980?|0)([1-9]\d{9})$|^(9\d{9})$/.exec(digits);
  if (iranian) return `+98${iranian[1] ?? iranian[2]}`;
  if (/^00[1-9]\d{6,14}$/.test(digits)) return `+${digits.slice(2)}`;
  return /^\+?\d{4,15}$/.test(digits) ? digits : null;
}

/** As people here write it: 0912 345 6789, landlines 021 12345678. */
export function toNationalPhone(phone: string): string {
  const mobile = /^\+98(9\d{2})(\d{3})(\d{4})$/.exec(phone);
  if (mobile) return `0${mobile[1]} ${mobile[2]} ${mobile[3]}`;
  const landline = /^\+98([1-8]\d)(\d{8})$/.exec(phone);
  return landline ? `0${landline[1]} ${landline[2]}` : phone;
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
