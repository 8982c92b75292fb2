import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { succeed } from '#lib/core/result.ts';
import { stopListening, watchRow } from '#lib/db/changes/listen.ts';
import { db, disconnectDb } from '#lib/db/client.ts';
import { patience } from '#lib/db/connection.ts';
import { runForAccount } from '#lib/db/connection-turns.ts';
import { transact } from '#lib/db/transact.ts';
import { isDatabaseUnavailable } from '#lib/db/unavailable.ts';
import { newUser } from '#tests/sql/rows.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { type FaultProxy, startFaultProxy } from '#tests/support/fault-proxy.ts';

const database = useTestDatabase();
let proxy: FaultProxy;
beforeAll(async () => {
  proxy = await startFaultProxy(database().url);
  process.env.DATABASE_URL = proxy.url;
});
afterAll(async () => {
  stopListening();
  await proxy.close();
});
beforeEach(async () => {
  proxy.reset();
  // Lines that went silent stay so.
  await disconnectDb();
});

const rename = (id: string, bio: string) =>
  runForAccount(`user|${id}`, () =>
    transact(async (tx) => {
      await tx.user.update({ where: { id }, data: { bio } });
      return succeed(null);
    }),
  );

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begunAt = performance.now();
  await work();
  return (performance.now() - begunAt) / 1000;
}

test('every connection of ours has an end to each of its waits', async () => {
  const read = await db().$queryRaw<{ name: string; setting: string }[]>`
    SELECT name, setting FROM pg_settings
    WHERE name IN ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout') ORDER BY name`;
  expect(read.map(({ setting }) => Number(setting))).toEqual([
    patience.short.idleMs,
    patience.short.lockMs,
    patience.short.statementMs,
  ]);
});

describe('connections that go silent', () => {
  test('are given up within seconds, and new ones work', async () => {
    await Promise.all(Array.from({ length: 12 }, () => db().$queryRaw`SELECT pg_sleep(0.05)::text`));
    proxy.silence();
    const asked = Promise.allSettled(Array.from({ length: 12 }, () => db().$queryRaw`SELECT 1`));
    proxy.reset();
    for (const { status, reason } of (await asked) as PromiseRejectedResult[]) {
      if (status === 'rejected') expect(isDatabaseUnavailable(reason)).toBe(true);
    }
    expect(await seconds(() => db().$queryRaw`SELECT 1`)).toBeLessThan(1);
  });

  test('are noticed by listeners, which hear that something may have been missed', async () => {
    const id = await newUser(database());
    let told = 0;
    let tell: (() => void) | undefined;
    const next = () =>
      new Promise<void>((resolve) => {
        tell = resolve;
      });
    const listening = next();
    const stop = watchRow('conversion_changed', id, () => {
      told += 1;
      tell?.();
    });
    await listening;
    const again = next();
    proxy.silence();
    proxy.reset();
    expect(await seconds(() => again)).toBeLessThan(9);
    expect(told).toBe(2);
    stop();
  });
});

describe('a row that somebody holds', () => {
  test('keeps nobody else waiting, and its own account is told within seconds', async () => {
    const [locked, other] = [await newUser(database()), await newUser(database())];
    const holder = await database().connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [locked]);
    const stuck = Promise.allSettled(Array.from({ length: 20 }, () => rename(locked, 'late')));
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (let round = 0; round < 5; round += 1) {
      expect(await seconds(() => rename(other, `round ${round}`))).toBeLessThan(1);
      expect(await seconds(() => db().user.count())).toBeLessThan(1);
    }
    for (const ended of await stuck) {
      expect(ended.status).toBe('rejected');
      expect(isDatabaseUnavailable((ended as PromiseRejectedResult).reason)).toBe(true);
    }
    await holder.query('ROLLBACK');
    expect(await rename(locked, 'in time')).toEqual(succeed(null));
  });

  test('is waited for when it is let go in time', async () => {
    const id = await newUser(database());
    const holder = await database().connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [id]);
    setTimeout(() => void holder.query('ROLLBACK'), patience.short.lockMs + 500);
    expect(await rename(id, 'kept')).toEqual(succeed(null));
  });
});
