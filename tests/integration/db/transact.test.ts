import { describe, expect, test } from 'vitest';
import { fail, succeed } from '#lib/core/result.ts';
import { createClient, db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { newUser } from '#tests/sql/rows.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

const database = useTestDatabase();

const bioOf = async (id: string) => (await db().user.findUniqueOrThrow({ where: { id } })).bio;

describe('transact', () => {
  test('commits when the work succeeds, and answers with its value', async () => {
    const id = await newUser(database());
    const result = await transact(async (tx) => {
      await tx.user.update({ where: { id }, data: { bio: 'kept' } });
      return succeed('value');
    });
    expect(result).toEqual(succeed('value'));
    expect(await bioOf(id)).toBe('kept');
  });

  test('rolls back when the work returns a failure, and answers with it', async () => {
    const id = await newUser(database());
    const result = await transact(async (tx) => {
      await tx.user.update({ where: { id }, data: { bio: 'lost' } });
      return fail('input.invalid', 'no');
    });
    expect(result).toEqual(fail('input.invalid', 'no'));
    expect(await bioOf(id)).toBeNull();
  });

  test('rolls back and throws on when the work throws: a bug is not a failure', async () => {
    const id = await newUser(database());
    const bug = transact(async (tx) => {
      await tx.user.update({ where: { id }, data: { bio: 'lost' } });
      throw new Error('a bug');
    });
    await expect(bug).rejects.toThrow('a bug');
    expect(await bioOf(id)).toBeNull();
  });

  const convert = (userId: string) =>
    transact(async (tx) => {
      await tx.$queryRaw`SELECT record_conversion(${userId}::uuid, NULL, '/a', 'oil')`;
      return succeed(null);
    });

  test.each([
    ['quota.exceeded', { free_quota_remaining: 0 }],
    ['account.inactive', { is_active: false }],
    ['account.unverified', { is_phone_verified: false }],
  ])('turns what our SQL refuses into the failure %s', async (code, columns) => {
    const result = await convert(await newUser(database(), columns));
    expect(result).toMatchObject({ ok: false, code });
  });

  test('turns an unknown account into notFound, a full period into quota.imagesExceeded, a wrong step into state.illegal', async () => {
    expect(await convert('00000000-0000-4000-8000-000000000000')).toMatchObject({ code: 'notFound' });
    const id = await newUser(database());
    const upload = () =>
      transact(async (tx) => {
        await tx.$queryRaw`SELECT record_image_upload(${id}::uuid, NULL, 'user', 'a', '/a', NULL, 1, 'image/png')`;
        return succeed(null);
      });
    for (let n = 0; n < 5; n += 1) expect((await upload()).ok).toBe(true);
    expect(await upload()).toMatchObject({ code: 'quota.imagesExceeded' });
    const result = await transact(async (tx) => {
      const [{ made }] = await tx.$queryRaw<
        [{ made: string }]
      >`SELECT record_conversion(${id}::uuid, NULL, '/a', 'oil')::text AS made`;
      await tx.userConversion.update({ where: { id: made }, data: { status: 'completed' } });
      return succeed(null);
    });
    expect(result).toMatchObject({ code: 'state.illegal' });
  });

  test('a unique phone is refused by an error, not taken for one of our failures', async () => {
    const { phone } = await db().user.findUniqueOrThrow({ where: { id: await newUser(database()) } });
    const id = await newUser(database());
    const twice = transact(async (tx) => {
      await tx.user.update({ where: { id }, data: { phone } });
      return succeed(null);
    });
    await expect(twice).rejects.toMatchObject({ code: 'P2002' });
  });

  test('runs the whole work again after a deadlock, in a fresh transaction', async () => {
    const [a, b] = [await newUser(database()), await newUser(database())];
    let tries = 0;
    const both = (first: string, second: string) => {
      let mine = 0;
      return transact(async (tx) => {
        tries += 1;
        mine += 1;
        await tx.user.update({ where: { id: first }, data: { bio: 'x' } });
        // Time for the other to take its first row, once: then each waits for the other.
        if (mine === 1) await tx.$executeRaw`SELECT pg_sleep(0.3)`;
        await tx.user.update({ where: { id: second }, data: { bio: 'x' } });
        return succeed(null);
      });
    };
    const results = await Promise.all([both(a, b), both(b, a)]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
    expect(tries).toBeGreaterThan(2);
  });

  test('gives up after the third serialisation failure', async () => {
    let tries = 0;
    const hopeless = transact(async (tx) => {
      tries += 1;
      await tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      return succeed(null);
    });
    await expect(hopeless).rejects.toThrow();
    expect(tries).toBe(3);
  });
});

test('a crowded pool refuses within seconds instead of hanging', async () => {
  const client = createClient(database().url, 1);
  try {
    const busy = client.$queryRaw`SELECT pg_sleep(6)`.catch(() => undefined);
    const started = Date.now();
    await expect(client.$queryRaw`SELECT 1`).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(6_000);
    await busy;
  } finally {
    await client.$disconnect();
  }
}, 20_000);
