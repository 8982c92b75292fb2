import { expect, test } from 'vitest';
import { touchSession } from '#lib/auth/session/store.ts';
import type { Tx } from '#lib/db/transact.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

/**
 * What is updated often writes to no index: the columns are in none, and there is room on the page (heap-only tuples). Counted
 * by the server within the transaction.
 */

const database = useTestDatabase();

async function updatesOf(
  table: string,
  work: (tx: Tx) => Promise<unknown>,
): Promise<{ all: number; hot: number }> {
  return ownerDb().$transaction(async (tx) => {
    await work(tx);
    const [row] = await tx.$queryRaw<{ all: number; hot: number }[]>`
      SELECT n_tup_upd::int AS all, n_tup_hot_upd::int AS hot FROM pg_stat_xact_user_tables WHERE relname = ${table}`;
    return row ?? { all: 0, hot: 0 };
  });
}

test('a session that is touched', async () => {
  const sessions = await database().query<{ id: string }>(
    `WITH one AS (INSERT INTO users (phone, password_hash) VALUES ('+989121111111', 'none') RETURNING id)
     INSERT INTO sessions (user_id, refresh_token_hash, expires_at)
     SELECT one.id, md5(n::text) || md5(n::text), now() + interval '1 day' FROM one, generate_series(1, 200) n RETURNING id`,
  );
  const touched = sessions.filter((_, place) => place % 10 === 0);
  const counted = await updatesOf('sessions', async (tx) => {
    for (const { id } of touched) await touchSession(tx, id, 0);
  });
  expect(counted).toEqual({ all: touched.length, hot: touched.length });
});

test('a conversion that comes to its next stage, is taken again, is named', async () => {
  const conversions = await database().query<{ id: string }>(
    `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name)
     SELECT id, 'free', '/photo', 'oil' FROM users, generate_series(1, 100) RETURNING id`,
  );
  const some = conversions.filter((_, place) => place % 20 === 0).map(({ id }) => id);
  await database().query(
    `UPDATE user_conversions SET status = 'processing', attempts = 1 WHERE id = ANY ($1)`,
    [some],
  );
  const counted = await updatesOf('user_conversions', async (tx) => {
    await tx.$executeRaw`UPDATE user_conversions SET stage = 'painting' WHERE id = ANY (${some}::uuid[])`;
    await tx.$executeRaw`UPDATE user_conversions SET title = 'mine' WHERE id = ANY (${some}::uuid[])`;
  });
  expect(counted).toEqual({ all: 2 * some.length, hot: 2 * some.length });
});

test('no index is the beginning of another that has the same rows', async () => {
  const overlapping = await database().query(`
    WITH indexes AS (
      SELECT x.indrelid, x.indexrelid::regclass::text AS name, x.indkey::int2[] AS keys, x.indnkeyatts AS count, x.indisunique,
             x.indexprs, pg_get_expr(x.indpred, x.indrelid) AS rows, x.indoption::int2[] AS options
        FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree'
       WHERE c.relnamespace = 'public'::regnamespace
    )
    SELECT a.name, b.name AS beside FROM indexes a JOIN indexes b USING (indrelid)
     WHERE a.name <> b.name AND NOT a.indisunique AND a.indexprs IS NULL AND a.count <= b.count
       AND a.keys[0 : a.count - 1] = b.keys[0 : a.count - 1] AND a.options[0 : a.count - 1] = b.options[0 : a.count - 1]
       AND a.rows IS NOT DISTINCT FROM b.rows`);
  expect(overlapping).toEqual([]);
});
