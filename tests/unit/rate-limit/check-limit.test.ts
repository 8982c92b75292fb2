import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { forgetCounts } from '#lib/rate-limit/limiters.ts';
import { policies } from '#lib/rate-limit/policies.ts';

beforeAll(() => {
  process.env.DATABASE_URL = 'postgres://user:secret@localhost/none';
  process.env.NEXTAUTH_SECRET = 'a secret of these tests, long enough to be one';
  process.env.RATE_LIMIT_SCALE = '2';
  // There is no database here: the copy cannot be read, and memory counts alone.
  process.env.LOG_LEVEL = 'silent';
});
beforeEach(forgetCounts);

async function passed(times: number, keys: { phone: string; address: string }): Promise<number> {
  const all = await Promise.all(Array.from({ length: times }, () => checkLimit('session.create', keys)));
  return all.filter((one) => one.ok).length;
}

describe('a rate limit', () => {
  it('lets pass what its budget says, times the scale, however many ask at once', async () => {
    expect(await passed(40, { phone: 'a', address: 'x' })).toBe(20);
  });

  it('counts each key of a budget apart', async () => {
    await passed(40, { phone: 'a', address: 'x' });
    expect(await passed(5, { phone: 'b', address: 'y' })).toBe(5);
  });

  it('refuses by any budget that is empty', async () => {
    let total = 0;
    for (const phone of ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
      total += await passed(20, { phone, address: 'x' });
    expect(total).toBe(100);
  });

  it('says how long to wait', async () => {
    await passed(20, { phone: 'a', address: 'x' });
    const refused = await checkLimit('session.create', { phone: 'a', address: 'x' });
    expect(refused).toMatchObject({ ok: false, code: 'rate.limited' });
    expect(refused.ok ? 0 : refused.retryAfterSeconds).toBeGreaterThan(890);
  });

  it('is a fault, not a free pass, when it is checked without one of its keys', async () => {
    const forgotten = { phone: 'a' } as { phone: string; address: string };
    await expect(checkLimit('session.create', forgotten)).rejects.toThrow('without its address');
  });

  it('exists for every name, with budgets that mean something', () => {
    for (const budgets of Object.values(policies)) {
      expect(budgets.length).toBeGreaterThan(0);
      for (const { points, seconds } of budgets) expect(points * seconds).toBeGreaterThan(0);
    }
  });
});
