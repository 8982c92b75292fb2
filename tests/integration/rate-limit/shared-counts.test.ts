import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { closeCounters } from '#lib/rate-limit/counters.ts';
import { forgetCounts } from '#lib/rate-limit/limiters.ts';
import { flushSpendings } from '#lib/rate-limit/unwritten-spending.ts';
import { createRedisServer, type RedisServer, redisMissing } from '#scripts/rig/redis-server.ts';
import { newPhone, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();
let redis: RedisServer;

/** How many of so many tries at signing in to one number from one browser pass: ten have room in a quarter of an hour. */
async function passing(phone: string, times: number): Promise<number> {
  let passed = 0;
  for (let turn = 0; turn < times; turn += 1) {
    const room = await checkLimit('session.createKnown', { phone, browser: 'a' });
    if (room.ok) passed += 1;
    else expect(room.code).toBe('rate.limited');
  }
  return passed;
}

const written = async () => {
  await flushSpendings();
  return (
    await database().query<{ n: number }>('SELECT coalesce(sum(count), 0)::int AS n FROM rate_limits')
  )[0]?.n;
};

/** As another process of ours, or this one after a restart, would find things. */
async function restart(): Promise<void> {
  await flushSpendings();
  forgetCounts();
}

describe.skipIf(redisMissing)(
  `rate limits on a real server${redisMissing ? `: ${redisMissing}` : ''}`,
  () => {
    beforeAll(async () => {
      redis = await createRedisServer();
      process.env.REDIS_URL = redis.url;
      // What is asked while the connection is opened on a busy machine is counted by the database, within a tenth: it stands first.
      await passing(newPhone(), 1);
      await sleep(1100);
      await passing(newPhone(), 1);
    });
    afterAll(async () => {
      closeCounters();
      await redis?.close();
    });

    it('are shared by all processes and exact, however many ask at once', async () => {
      const phone = newPhone();
      const tries = Array.from({ length: 40 }, () =>
        checkLimit('session.createKnown', { phone, browser: 'a' }),
      );
      expect((await Promise.all(tries)).filter((one) => one.ok)).toHaveLength(10);
      forgetCounts();
      expect(await passing(phone, 5)).toBe(0);
    });

    it('are written down within a second, a denial at once', async () => {
      const phone = newPhone();
      const before = (await written()) ?? 0;
      await passing(phone, 3);
      await sleep(1300);
      const rows = await database().query<{ n: number }>('SELECT sum(count)::int AS n FROM rate_limits');
      expect(rows[0]?.n).toBe(before + 3);
      await passing(phone, 8);
      const denied = await database().query<{ n: number }>(
        `SELECT max(count)::int AS n FROM rate_limits WHERE key LIKE 'session.createKnown:%'`,
      );
      expect(denied[0]?.n).toBe(11);
    });

    it('hold no phone number or address in clear, neither here nor there', async () => {
      const phone = newPhone();
      await passing(phone, 1);
      await flushSpendings();
      const rows = await database().query<{ key: string }>('SELECT key FROM rate_limits');
      expect(JSON.stringify(rows)).not.toContain(phone.slice(3));
    });

    it('survive the store being emptied in the middle of an attack', async () => {
      const phone = newPhone();
      expect(await passing(phone, 6)).toBe(6);
      await flushSpendings();
      await redis.empty();
      expect(await passing(phone, 20)).toBe(4);
      await redis.empty();
      expect(await passing(phone, 20)).toBe(0);
    });

    it('give an attacker no more than was spent in the last second when everything is lost at once', async () => {
      const phone = newPhone();
      expect(await passing(phone, 8)).toBe(8);
      await flushSpendings();
      expect(await passing(phone, 1)).toBe(1);
      forgetCounts();
      await redis.empty();
      expect(await passing(phone, 20)).toBeLessThanOrEqual(2);
    });

    it('do not outlast their window: who waited as told has a new budget', async () => {
      const phone = newPhone();
      await passing(phone, 12);
      await restart();
      await redis.empty();
      await database().query(`UPDATE rate_limits SET window_start = window_start - interval '15 minutes'`);
      expect(await passing(phone, 12)).toBe(10);
    });

    it('are counted by the database while the store is dead, and hold within a tenth', async () => {
      const phone = newPhone();
      expect(await passing(phone, 5)).toBe(5);
      await redis.kill();
      const during = await passing(phone, 20);
      expect(5 + during).toBeLessThanOrEqual(11);
      expect(during).toBeGreaterThanOrEqual(4);
      const others = newPhone();
      const tries = Array.from({ length: 30 }, () =>
        checkLimit('session.createKnown', { phone: others, browser: 'a' }),
      );
      expect((await Promise.all(tries)).filter((one) => one.ok)).toHaveLength(10);
      await redis.start();
      await sleep(2500);
      expect(await passing(phone, 10)).toBe(0);
      expect(await passing(others, 10)).toBe(0);
    });

    it('answer within two seconds while the store hangs', async () => {
      const phone = newPhone();
      await passing(phone, 2);
      redis.freeze();
      try {
        const start = Date.now();
        expect(await passing(phone, 1)).toBe(1);
        expect(Date.now() - start).toBeLessThan(2000);
        expect(await passing(phone, 20)).toBeLessThanOrEqual(8);
      } finally {
        redis.thaw();
      }
    });
  },
);
