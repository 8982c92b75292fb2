import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  hashLinkPassword,
  knownLinkPassword,
  newLinkPassword,
  verifyLinkPassword,
} from '#lib/sharing/link-password.ts';
import { hashLinkToken, isLinkToken, linkTokenOf } from '#lib/sharing/link-token.ts';
import { isUnlocked, sealUnlock, unlockCookieName, unlockSeconds } from '#lib/sharing/unlock-cookie.ts';

beforeAll(() => {
  process.env.DATABASE_URL = 'postgres://user:secret@localhost/none';
  process.env.NEXTAUTH_SECRET = 'a secret of these tests, long enough to be one';
});

describe('a password for a link', () => {
  it.each(['1234', 'گل۱۲', '12345678', 'password1', '۱۱۱۱۱۱۱۱'])('is not %s', (text) => {
    expect(newLinkPassword.safeParse(text).success).toBe(false);
  });

  it.each(['', 'گل سرخ ۱۴۰۲'])('may be %j', (text) => {
    expect(newLinkPassword.safeParse(text).success).toBe(true);
  });
});

describe('the token of a link', () => {
  it('is always the same for one id, and another for every other id and kind', () => {
    const id = randomUUID();
    const tokens = new Set([linkTokenOf('conversion', id), linkTokenOf('album', id)]);
    for (let turn = 0; turn < 500; turn += 1) tokens.add(linkTokenOf('conversion', randomUUID()));
    expect(tokens.size).toBe(502);
    expect(linkTokenOf('conversion', id)).toBe(linkTokenOf('conversion', id));
    for (const token of tokens) expect(isLinkToken(token)).toBe(true);
  });

  it('does not show in what the database keeps', () => {
    const token = linkTokenOf('conversion', randomUUID());
    expect(hashLinkToken(token)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashLinkToken(token)).not.toContain(token);
  });

  it.each([
    '',
    'short',
    'x'.repeat(23),
    `${'x'.repeat(21)}/`,
    `${'x'.repeat(21)}%`,
    '../../../../../../../..',
  ])('is never %j', (text) => expect(isLinkToken(text)).toBe(false));
});

describe('the password of a link', () => {
  it('opens in either keyboard’s digits, and no other password does', async () => {
    const hash = await hashLinkPassword('گل1402');
    if (!hash.ok) throw new Error(hash.detail);
    expect(hash.value).toMatch(/^\$argon2id\$/);
    expect(await verifyLinkPassword('گل۱۴۰۲', hash.value, 'x')).toEqual({ ok: true, value: true });
    expect(await verifyLinkPassword('گل1403', hash.value, 'x')).toEqual({ ok: true, value: false });
  });

  it('may be left out, but not be too short or too long', () => {
    expect(newLinkPassword.parse('')).toBeNull();
    expect(newLinkPassword.parse('گل سرخ ۱۲')).toBe('گل سرخ ۱۲');
    expect(newLinkPassword.safeParse('rosered').success).toBe(false);
    expect(newLinkPassword.safeParse('x'.repeat(65)).success).toBe(false);
    expect(knownLinkPassword.safeParse('').success).toBe(false);
  });
});

describe('the cookie of an opened link', () => {
  const link = { kind: 'conversion' as const, id: randomUUID(), passwordHash: '$argon2id$one' };
  const now = 1_800_000_000_000;

  it('opens this link for twelve hours', () => {
    const cookie = sealUnlock(link, now);
    expect(isUnlocked(link, cookie, now)).toBe(true);
    expect(isUnlocked(link, cookie, now + unlockSeconds * 1000 - 1)).toBe(true);
    expect(isUnlocked(link, cookie, now + unlockSeconds * 1000)).toBe(false);
  });

  it.each([
    ['another link', { ...link, id: randomUUID() }],
    ['a link of another kind', { ...link, kind: 'album' as const }],
    ['a link whose password was changed', { ...link, passwordHash: '$argon2id$two' }],
  ])('does not open %s', (_title, other) => {
    expect(isUnlocked(other, sealUnlock(link, now), now)).toBe(false);
  });

  it.each([undefined, '', '.', 'junk', `${now + 1000}`, `${now + 1000}.junk`, `${now + 10 ** 12}.x`])(
    'is not %j',
    (cookie) => expect(isUnlocked(link, cookie, now)).toBe(false),
  );

  it('cannot be given a longer life', () => {
    const [until, signature] = sealUnlock(link, now).split('.');
    expect(isUnlocked(link, `${Number(until) + 1}.${signature}`, now + 2)).toBe(false);
  });

  it('has a name of its own for every link', () => {
    expect(unlockCookieName(link)).not.toBe(unlockCookieName({ ...link, kind: 'album' }));
    expect(unlockCookieName(link)).toContain(link.id);
  });
});
