import { toAsciiDigits, toNationalPhone } from '#lib/core/phone.ts';
import common from './common-passwords.json' with { type: 'json' };

const commonPasswords = new Set(common.passwords.split(' '));

/** Ours, and what an Iranian keyboard makes likely besides the international list. */
const ownWords = [
  'aistayler',
  'stayler',
  'استایلر',
  'رمزعبور',
  'گذرواژه',
  'salam',
  'سلام',
  'iran',
  'ایران',
  'tehran',
];

function isRun(text: string): boolean {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = points.slice(1).map((point, index) => point - (points[index] ?? 0));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}

/** Whether a password is among the first that anybody would try: common, a run of characters, or the own phone. */
export function isGuessable(password: string, phone: string): boolean {
  const plain = toAsciiDigits(password.normalize('NFKC')).toLowerCase();
  const digits = plain.replace(/[\s+-]/g, '');
  if (commonPasswords.has(plain) || isRun(plain)) return true;
  if (/^\+?\d+$/.test(digits) && toNationalPhone(phone).replace(/\D/g, '').endsWith(digits.slice(-10)))
    return true;
  return ownWords.some((word) => plain.startsWith(word) && /^[\d!@#._-]*$/.test(plain.slice(word.length)));
}
