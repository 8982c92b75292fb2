import { describe, expect, it } from 'vitest';
import { signIn } from '#lib/auth/sign-in.ts';
import { checkLimit, takeLimit } from '#lib/rate-limit/check-limit.ts';
import { clientAddress } from '#lib/rate-limit/client-address.ts';
import { forgetCounts } from '#lib/rate-limit/limiters.ts';
import { sweepCounts } from '#lib/rate-limit/sweep-counts.ts';
import { flushSpendings } from '#lib/rate-limit/unwritten-spending.ts';
import { newAddress, newPhone, password, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

async function tries(times: number, keys: { phone: string; browser: string }): Promise<number> {
  let passed = 0;
  for (let turn = 0; turn < times; turn += 1)
    if ((await checkLimit('session.createKnown', keys)).ok) passed += 1;
  return passed;
}

describe('rate limits in memory', () => {
  it('are kept over a restart', async () => {
    const phone = newPhone();
    const keys = { phone, browser: 'a' };
    expect(await tries(7, keys)).toBe(7);
    await flushSpendings();
    forgetCounts();
    expect(await tries(20, keys)).toBe(3);
  });

  it('are given back with what was owed to nobody, and no restart takes that away', async () => {
    const keys = { phone: newPhone(), browser: 'a' };
    await tries(5, keys);
    for (let turn = 0; turn < 40; turn += 1) {
      const taken = await takeLimit('session.createKnown', keys);
      if (!taken.ok) throw new Error(taken.detail);
      await taken.value.giveBack();
      await taken.value.giveBack();
    }
    await flushSpendings();
    forgetCounts();
    expect(await tries(20, keys)).toBe(5);
  });

  it('let pass what is left, and no more, when many ask at once right after a restart', async () => {
    const phone = newPhone();
    await tries(6, { phone, browser: 'a' });
    await flushSpendings();
    forgetCounts();
    const all = await Promise.all(
      Array.from({ length: 30 }, () => checkLimit('session.createKnown', { phone, browser: 'a' })),
    );
    expect(all.filter((one) => one.ok)).toHaveLength(4);
  });

  it('give no further budget for an address that the client made up', async () => {
    const socket = newAddress();
    const pretending = (turn: number) =>
      clientAddress(new Headers({ 'x-forwarded-for': `8.8.8.${turn}`, 'x-peer-address': socket }), 0);
    let passed = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      const room = await checkLimit('session.create', { phone: newPhone(), address: pretending(turn) });
      if (room.ok) passed += 1;
    }
    expect(passed).toBe(50);
  });

  it('slow a stranger who tries stolen passwords on many numbers, and nobody else', async () => {
    const device = { address: newAddress(), userAgent: 'script' };
    const answers: string[] = [];
    for (let turn = 0; turn < 53; turn += 1) {
      const answer = await signIn({ kind: 'user', phone: newPhone(), password, device, replaces: null });
      answers.push(answer.ok ? 'in' : answer.code);
    }
    expect(answers.slice(0, 50)).not.toContain('rate.limited');
    expect(answers.slice(50)).toEqual(['rate.limited', 'rate.limited', 'rate.limited']);
    const elsewhere = { address: newAddress(), userAgent: null };
    const other = await signIn({
      kind: 'user',
      phone: newPhone(),
      password,
      device: elsewhere,
      replaces: null,
    });
    expect(other).toMatchObject({ code: 'auth.badCredentials' });
  });

  it('forget what no budget reaches back to', async () => {
    await database().query(
      `INSERT INTO rate_limits (key, window_start, count) VALUES ('old', now() - interval '49 hours', 1), ('young', now() - interval '40 hours', 1)`,
    );
    expect(await sweepCounts()).toBe(1);
    expect(await database().query(`SELECT key FROM rate_limits WHERE key IN ('old', 'young')`)).toEqual([
      { key: 'young' },
    ]);
  });
});
