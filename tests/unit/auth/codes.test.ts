import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeFor, hashCode, hashOfNoCode, sameHash } from '#lib/auth/code/codes.ts';

beforeAll(() => {
  process.env.DATABASE_URL = 'postgres://user:secret@localhost/none';
  process.env.NEXTAUTH_SECRET = 'a secret of these tests, long enough to be one';
});

const binding = {
  id: '6f9a2f6e-3c43-4a55-9f0b-6f2b3d1c9a10',
  phone: '+989123456789',
  purpose: 'phone_verify',
  kind: 'user',
  browserHash: 'browser',
} as const;

describe('a code', () => {
  it('has six digits, always the same for one id', () => {
    for (let turn = 0; turn < 500; turn += 1) {
      const id = randomUUID();
      expect(codeFor(id)).toMatch(/^\d{6}$/);
      expect(codeFor(id)).toBe(codeFor(id));
    }
  });

  it('is spread evenly enough that no first digit is likelier to guess', () => {
    const counts = Array<number>(10).fill(0);
    for (let turn = 0; turn < 20_000; turn += 1) {
      const digit = Number(codeFor(randomUUID())[0]);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    // Expected 2000 each; one in a million runs would miss these bounds by chance.
    for (const count of counts) expect(count).toBeGreaterThan(1780);
    for (const count of counts) expect(count).toBeLessThan(2220);
  });

  it.each([
    ['id', { id: randomUUID() }],
    ['phone', { phone: '+989120000000' }],
    ['purpose', { purpose: 'password_reset' }],
    ['account kind', { kind: 'vendor' }],
    ['browser', { browserHash: 'another' }],
  ] as const)('is bound to its %s', (_, other) => {
    expect(hashCode({ ...binding, ...other }, '123456')).not.toBe(hashCode(binding, '123456'));
  });

  it('that was never sent matches nothing that can be typed', () => {
    const none = hashOfNoCode(binding);
    expect(sameHash(none, hashCode(binding, codeFor(binding.id)))).toBe(false);
    expect(sameHash(none, hashCode(binding, ''))).toBe(false);
  });
});
