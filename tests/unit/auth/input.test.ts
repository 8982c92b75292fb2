import { describe, expect, it } from 'vitest';
import {
  resetPasswordInput,
  signInInput,
  userSignUpInput,
  vendorSignUpInput,
  verifyInput,
} from '#lib/auth/input.ts';

const phone = '۰۹۱۲ ۳۴۵ ۶۷۸۹';
const messages = (result: {
  success: boolean;
  error?: { issues: { path: PropertyKey[]; message: string }[] };
}) => result.error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);

describe('what people type', () => {
  it('becomes a number in its one form', () => {
    expect(signInInput.parse({ phone, password: 'x' }).phone).toBe('+989123456789');
  });

  it('is read again as it was read once', () => {
    const once = signInInput.parse({ phone, password: 'x' });
    expect(signInInput.parse(once)).toEqual(once);
  });

  it.each([
    ['۱۲۳۴۵۶', '123456'],
    ['١٢٣ ٤٥٦', '123456'],
    ['123-456', '123456'],
  ])('makes of %s the code %s', (typed, code) =>
    expect(verifyInput.parse({ code: typed })).toEqual({ code }),
  );

  it.each(['12345', '1234567', '', 'abcdef', '1'.repeat(5000)])('makes no code of %s', (typed) =>
    expect(messages(verifyInput.safeParse({ code: typed }))).toEqual(['code: auth.field.codeWrong']),
  );

  it.each([
    ['', 'auth.field.passwordMissing'],
    ['1234567', 'auth.field.passwordShort'],
    ['👍👍👍👍', 'auth.field.passwordShort'],
    ['x'.repeat(129), 'auth.field.passwordLong'],
    ['x'.repeat(100_000), 'auth.field.passwordLong'],
  ])('refuses a new password by its length in characters only', (newPassword, message) => {
    const parsed = resetPasswordInput.safeParse({ code: '123456', newPassword });
    expect(messages(parsed)?.[0]).toBe(`newPassword: ${message}`);
  });

  it.each(['x'.repeat(128), 'گ'.repeat(8), '        ', 'aB1!aB1!'])('takes the password %j', (newPassword) =>
    expect(resetPasswordInput.safeParse({ code: '123456', newPassword }).success).toBe(true),
  );

  it('loses the marks in a name that would turn the text around it, and keeps the half-space', () => {
    const parsed = userSignUpInput.parse({
      phone,
      password: 'a fine sentence',
      name: ' سارا\u202e  می‌خندد\n',
    });
    expect(parsed.name).toBe('سارا می‌خندد');
  });

  it('keeps nothing that was not asked for', () => {
    const parsed = userSignUpInput.parse({
      phone,
      password: 'a fine sentence',
      role: 'admin',
      freeQuotaRemaining: 9,
    });
    expect(Object.keys(parsed).sort()).toEqual(['password', 'phone']);
  });

  it('needs a business name from a vendor', () => {
    const parsed = vendorSignUpInput.safeParse({
      phone,
      password: 'a fine sentence',
      businessName: ' \u202e ',
    });
    expect(messages(parsed)).toEqual(['businessName: auth.field.businessNameMissing']);
  });
});
