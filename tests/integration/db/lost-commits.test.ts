import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { outcomeOf, sweepMarks } from '#lib/db/outcome.ts';
import { transact } from '#lib/db/transact.ts';
import { isDatabaseUnavailable, OutcomeUnknown } from '#lib/db/unavailable.ts';
import { newUser } from '#tests/sql/rows.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { type FaultProxy, startFaultProxy } from '#tests/support/fault-proxy.ts';

const database = useTestDatabase();
let proxy: FaultProxy;
beforeAll(async () => {
  proxy = await startFaultProxy(database().url);
  process.env.DATABASE_URL = proxy.url;
});
afterAll(() => proxy.close());
beforeEach(() => proxy.reset());

const bioOf = async (id: string) => {
  const [row] = await database().query<{ bio: string | null }>('SELECT bio FROM users WHERE id = $1', [id]);
  return row?.bio;
};

const write = (id: string, bio: string) =>
  transact(async (tx) => {
    await tx.user.update({ where: { id }, data: { bio } });
    return succeed(bio);
  });

describe('a commit whose answer is lost', () => {
  test('has happened, and is answered as such', async () => {
    const id = await newUser(database());
    proxy.arm('answer lost');
    expect(await write(id, 'kept')).toEqual(succeed('kept'));
    expect(await bioOf(id)).toBe('kept');
  });

  test('has happened although nothing is heard any more', async () => {
    const id = await newUser(database());
    proxy.arm('silent');
    const begunAt = performance.now();
    expect(await write(id, 'kept')).toEqual(succeed('kept'));
    expect(performance.now() - begunAt).toBeLessThan(9_000);
  });

  test('that never reached the server has not happened, and is thrown as a rollback', async () => {
    const id = await newUser(database());
    proxy.arm('cut before');
    const lost = await write(id, 'lost').catch((error: unknown) => error);
    expect(lost).not.toBeInstanceOf(OutcomeUnknown);
    expect(isDatabaseUnavailable(lost)).toBe(true);
    expect(await bioOf(id)).toBeNull();
  });

  test('is not known while nobody can be asked: nothing may be taken back', async () => {
    const id = await newUser(database());
    proxy.arm('answer lost', 0, { thenRefuse: true });
    const lost = await write(id, 'kept').catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(OutcomeUnknown);
    proxy.reset();
    expect(await outcomeOf((lost as OutcomeUnknown).mark, lost, 1_000)).toBe('done');
    expect(await bioOf(id)).toBe('kept');
  });
});

describe('asking for a mark', () => {
  test('decides it: what was not committed by then never will be, however often it is asked', async () => {
    const mark = randomUUID();
    expect(await outcomeOf(mark, null, 1_000)).toBe('void');
    expect(await outcomeOf(mark, null, 1_000)).toBe('void');
    const late = db().$executeRaw`INSERT INTO transaction_marks (id, is_done) VALUES (${mark}::uuid, true)`;
    await expect(late).rejects.toThrow();
  });

  test('waits for a transaction that still runs', async () => {
    const mark = randomUUID();
    const running = await database().connect();
    await running.query('BEGIN');
    await running.query('INSERT INTO transaction_marks (id, is_done) VALUES ($1, true)', [mark]);
    const asked = outcomeOf(mark, null, 5_000);
    setTimeout(() => void running.query('COMMIT'), 300);
    expect(await asked).toBe('done');
  });

  test('leaves no mark where nothing was written, and forgets after a day', async () => {
    const count = async () =>
      (await database().query<{ n: number }>('SELECT count(*)::int AS n FROM transaction_marks'))[0]?.n;
    const before = await count();
    await transact(async (tx) => succeed(await tx.user.count()));
    expect(await count()).toBe(before);
    await database().query("UPDATE transaction_marks SET made_at = made_at - interval '25 hours'");
    expect(await sweepMarks()).toBe(before);
  });
});
