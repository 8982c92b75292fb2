import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '#lib/auth/password/password.ts';
import { isGuessable } from '#lib/auth/password/password-policy.ts';

async function hashOf(password: string): Promise<string> {
  const hashed = await hashPassword(password);
  if (!hashed.ok) throw new Error(hashed.detail);
  return hashed.value;
}

describe('a password’s hash', () => {
  it('is argon2id at the least cost that is recommended, salted anew each time', async () => {
    const [one, two] = [await hashOf('a fine sentence'), await hashOf('a fine sentence')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(two);
  });

  it('knows its password and no other', async () => {
    const hash = await hashOf('a fine sentence');
    expect(await verifyPassword('a fine sentence', hash)).toEqual({ ok: true, value: true });
    expect(await verifyPassword('a fine sentencf', hash)).toEqual({ ok: true, value: false });
    expect(await verifyPassword('', hash)).toEqual({ ok: true, value: false });
  });

  it('knows it however the keyboard composed its letters', async () => {
    const hash = await hashOf('caf\u00e9 \u0622\u0641\u062a\u0627\u0628');
    expect(await verifyPassword('cafe\u0301 \u0627\u0653\u0641\u062a\u0627\u0628', hash)).toMatchObject({
      value: true,
    });
  });

  it('of nobody is never right', async () => {
    expect(await verifyPassword('a fine sentence', null)).toEqual({ ok: true, value: false });
  });

  it('is refused, not queued without end, when too many ask at once', async () => {
    const all = await Promise.all(Array.from({ length: 90 }, () => verifyPassword('x', null)));
    expect(all.filter((one) => !one.ok).every((one) => !one.ok && one.code === 'auth.busy')).toBe(true);
    expect(all.filter((one) => !one.ok).length).toBeGreaterThan(0);
    expect((await verifyPassword('x', null)).ok).toBe(true);
  });
});

describe('a guessable password', () => {
  const phone = '+989123456789';
  it.each([
    'password',
    'PASSWORD',
    'iloveyou',
    '12345678',
    '۱۲۳۴۵۶۷۸',
    '98765432',
    'abcdefgh',
    'zzzzzzzzzz',
    '09123456789',
    '9123456789',
    '+989123456789',
    '23456789',
    'aistayler123',
    'salam1234',
    'ایران۱۴۰۵',
  ])('is %s', (text) => expect(isGuessable(text, phone)).toBe(true));

  it.each(['a fine sentence', 'correct horse battery', 'گربهٔ همسایه خوابید', '09351112233', 'xK9!mmQ2'])(
    'is not %s',
    (text) => expect(isGuessable(text, phone)).toBe(false),
  );
});
