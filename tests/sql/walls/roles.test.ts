import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guarded, open, readable, roles } from '#lib/db/walls/rights.ts';
import { settleRights } from '#lib/db/walls/settle-rights.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newUser, newVendor, planId } from '../rows.ts';

const database = useTestDatabase();
let app: pg.Client;

beforeAll(async () => {
  app = new pg.Client({ connectionString: database().url });
  await app.connect();
});
afterAll(() => app.end());

const denied = { code: '42501' };

/** Runs a statement as the role that the program works as, for an account, and takes it back. */
async function as(account: string, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  await app.query('BEGIN');
  try {
    await app.query("SELECT set_config('app.account', $1, true)", [account]);
    return await app.query(text, values);
  } finally {
    await app.query('ROLLBACK');
  }
}

describe('the role that the program works as', () => {
  test('may do with every table and column exactly what is said', async () => {
    const may = await database().query<{ table: string; column: string; verbs: string[] }>(
      `SELECT c.relname AS table, a.attname::text AS column,
              ARRAY(SELECT v FROM unnest('{SELECT,INSERT,UPDATE,REFERENCES}'::text[]) v
                     WHERE has_column_privilege($1, c.oid, a.attnum, v)) AS verbs
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
      [roles.app],
    );
    expect(may.length).toBeGreaterThan(400);
    for (const { table, column, verbs } of may) {
      const columns = guarded[table];
      const has = (verb: 'insert' | 'update') =>
        columns ? (columns[verb] ?? []).includes(column) : (open[table] ?? []).includes(verb);
      const wanted = ['SELECT', ...(has('insert') ? ['INSERT'] : []), ...(has('update') ? ['UPDATE'] : [])];
      expect([`${table}.${column}`, verbs]).toEqual([`${table}.${column}`, wanted]);
    }
    const whole = await database().query<{ table: string; verbs: string[] }>(
      `SELECT c.relname AS table, ARRAY(SELECT v FROM unnest('{DELETE,TRUNCATE,TRIGGER}'::text[]) v
          WHERE has_table_privilege($1, c.oid, v)) AS verbs
         FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`,
      [roles.app],
    );
    for (const { table, verbs } of whole) {
      const mayDelete = guarded[table]?.delete ?? (open[table] ?? []).includes('delete');
      expect([table, verbs]).toEqual([table, mayDelete ? ['DELETE'] : []]);
    }
  });

  test('is given back exactly that, where anything differs; where nothing does, nothing is said', async () => {
    const options = { ownerUrl: database().ownerUrl, withEmulator: true };
    expect(await settleRights(options)).toBe('unchanged');
    const rights = `
      SELECT array_agg(a ORDER BY a) AS rights FROM (
        SELECT c.relname || ' ' || coalesce(c.relacl::text, '') AS a FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
        UNION ALL SELECT c.relname || '.' || x.attname || x.attacl::text FROM pg_attribute x JOIN pg_class c ON c.oid = x.attrelid
         WHERE c.relnamespace = 'public'::regnamespace AND x.attacl IS NOT NULL
        UNION ALL SELECT p.oid::regprocedure || ' ' || coalesce(p.proacl::text, '') || p.prosecdef || coalesce(p.proconfig::text, '')
          FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace) all_rights`;
    const before = await database().query(rights);
    for (const drift of [
      `GRANT UPDATE ON admin_grants TO ${roles.app}`,
      `GRANT UPDATE (amount) ON payments TO ${roles.app}`,
      `REVOKE INSERT ON agreements FROM ${roles.app}`,
      `GRANT SELECT ON sessions TO ${roles.reader}`,
      'GRANT SELECT ON users TO PUBLIC',
      `GRANT EXECUTE ON FUNCTION add_spending TO ${roles.app}`,
      'GRANT EXECUTE ON FUNCTION erase_user TO PUBLIC',
      'ALTER FUNCTION record_conversion SECURITY INVOKER',
      'ALTER FUNCTION notify_plans_changed RESET search_path',
      'GRANT CREATE ON SCHEMA public TO PUBLIC',
      `REVOKE USAGE ON SCHEMA pgboss FROM ${roles.app}`,
    ]) {
      await database().query(drift);
      expect([drift, await settleRights(options)]).toEqual([drift, 'settled']);
      expect([drift, await settleRights(options)]).toEqual([drift, 'unchanged']);
    }
    expect(await database().query(rights)).toEqual(before);
  });

  test('makes nobody an administrator, and writes the log of no other day', async () => {
    await expect(
      as('system', 'INSERT INTO admin_grants (user_id) SELECT id FROM users LIMIT 1'),
    ).rejects.toMatchObject(denied);
    const log = (moment: string) =>
      as(
        'system',
        `INSERT INTO audit_logs (actor_type, action, metadata, created_at) VALUES ('system', 'a.b', '{}', ${moment})`,
      );
    await expect(log("now() - interval '1 second'")).rejects.toMatchObject(denied);
    await expect(log("clock_timestamp() + interval '1 second'")).rejects.toMatchObject(denied);
    expect((await log('clock_timestamp()')).rowCount).toBe(1);
    expect((await log('DEFAULT')).rowCount).toBe(1);
  });

  test('cannot become the owner, make tables or functions, or loosen anything', async () => {
    const owner = new URL(database().ownerUrl).username;
    for (const text of [
      `SET ROLE ${owner}`,
      `SET SESSION AUTHORIZATION ${owner}`,
      'CREATE TABLE stray (id int)',
      "CREATE FUNCTION stray() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      'ALTER TABLE users ADD COLUMN stray int',
      'ALTER TABLE payments DISABLE ROW LEVEL SECURITY',
      'DROP POLICY own_rows ON payments',
      'ALTER TABLE audit_logs DISABLE TRIGGER ALL',
      'SET session_replication_role = replica',
      'TRUNCATE sessions',
      `ALTER ROLE ${roles.app} SUPERUSER`,
      `GRANT ${owner} TO ${roles.app}`,
      'COPY users TO PROGRAM $$cat$$',
    ]) {
      await expect([text, await as('system', text).catch((error) => error.code)]).toEqual([text, '42501']);
    }
    // Turning the wall off is an error where it would hide something, not a way around it.
    await expect(
      as('', 'SELECT set_config($1, $2, true), (SELECT count(*) FROM payments)', ['row_security', 'off']),
    ).resolves.toBeDefined();
    await app.query('BEGIN; SET LOCAL row_security = off');
    await expect(app.query('SELECT * FROM payments')).rejects.toMatchObject(denied);
    await app.query('ROLLBACK');
  });

  test('charges through functions alone, and rewrites no receipt and no audit row', async () => {
    const user = await newUser(database());
    const plan = await planId(database(), 'basic');
    for (const [text, ...values] of [
      ['UPDATE users SET free_quota_remaining = 99 WHERE id = $1', user],
      ['UPDATE users SET plan_id = $2 WHERE id = $1', user, plan],
      [
        "INSERT INTO users (phone, password_hash, free_quota_remaining) VALUES ('+989120000099', 'x', $1)",
        99,
      ],
      ['DELETE FROM users WHERE id = $1', user],
      [
        `INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
        VALUES ($1, $2, now(), now(), now() + interval '1 month', 9, 9)`,
        user,
        plan,
      ],
      ['UPDATE subscription_periods SET conversions_limit = 99 WHERE user_id = $1', user],
      ['DELETE FROM subscription_periods WHERE user_id = $1', user],
      [
        `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name) VALUES ($1, 'free', '/a', 'oil')`,
        user,
      ],
      ['UPDATE user_conversions SET charge_returned_at = now() WHERE user_id = $1', user],
      ['UPDATE user_conversions SET user_id = $1', user],
      ['DELETE FROM user_conversions WHERE user_id = $1', user],
      [
        `INSERT INTO images (user_id, type, file_name, original_url, file_size, mime_type) VALUES ($1, 'user', 'a', '/a', 1, 'image/png')`,
        user,
      ],
      ['UPDATE images SET quota_pool = NULL WHERE user_id = $1', user],
      ['UPDATE payments SET paid_at = now() WHERE user_id = $1', user],
      ['UPDATE payments SET amount = 1 WHERE user_id = $1', user],
      ['DELETE FROM payments WHERE user_id = $1', user],
      ['UPDATE quota_grants SET amount = 99 WHERE user_id = $1', user],
      ["UPDATE audit_logs SET action = 'x'"],
      ['DELETE FROM audit_logs'],
      ['UPDATE daily_spending SET rials = 0'],
      ['SELECT add_spending(current_date, $1, 0, 0, 0)', 'sms'],
      ['SELECT open_user_period($1, now())', user],
      ['SELECT rechain_periods($1, now(), now())', user],
    ] as [string, ...unknown[]][]) {
      expect([text, await as('system', text, values).catch((error) => error.code)]).toEqual([text, '42501']);
    }
    const made = await as(`{${user}}`, "SELECT record_conversion($1, NULL, '/a', 'oil')", [user]);
    expect(made.rowCount).toBe(1);
    const written = await as(
      '',
      "INSERT INTO audit_logs (actor_type, action, metadata) VALUES ('system', 'x', '{}')",
    );
    expect(written.rowCount).toBe(1);
  });

  test('cannot put a name of its own before those that a function looks for', async () => {
    const user = await newUser(database());
    const charged = async (before: string) => {
      await app.query('BEGIN');
      try {
        await app.query(before);
        await app.query("SELECT record_conversion($1, NULL, '/a', 'oil')", [user]);
        const { rows } = await app.query(
          'SELECT free_quota_remaining AS left FROM public.users WHERE id = $1',
          [user],
        );
        return rows[0].left;
      } finally {
        await app.query('ROLLBACK');
      }
    };
    expect(await charged('SELECT 1')).toBe(1);
    expect(
      await charged(
        'CREATE TEMP TABLE users AS SELECT * FROM public.users; CREATE TEMP TABLE subscription_periods (LIKE public.subscription_periods)',
      ),
    ).toBe(1);
    expect(
      await charged(
        'CREATE TEMP TABLE users AS SELECT * FROM public.users; SET LOCAL search_path = pg_temp, public',
      ),
    ).toBe(1);
    expect(
      await charged(`CREATE FUNCTION pg_temp.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT 'epoch'::timestamptz $$;
        SET LOCAL search_path = pg_temp, public, pg_catalog`),
    ).toBe(1);
  });
});

describe('rows of others', () => {
  const walled = ['payments', 'subscription_periods', 'sessions', 'images', 'user_conversions'] as const;
  let one = '';
  let other = '';
  let vendor = '';

  beforeAll(async () => {
    [one, other, vendor] = [
      await newUser(database()),
      await newUser(database()),
      await newVendor(database()),
    ];
    for (const [column, id] of [
      ['user_id', one],
      ['user_id', other],
      ['vendor_id', vendor],
    ] as const) {
      const isUser = column === 'user_id';
      const plan = await planId(database(), isUser ? 'basic' : 'vendor_pro');
      await database().query(
        `INSERT INTO payments (${column}, plan_id, amount, callback_url, return_url, conversions_limit, images_limit)
        VALUES ($1, $2, 100000, '/c', '/r', 1, 1)`,
        [id, plan],
      );
      await database().query(
        `INSERT INTO subscription_periods (${column}, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
        VALUES ($1, $2, now(), now(), now() + interval '20 days', 1, 1)`,
        [id, plan],
      );
      await database().query(
        `INSERT INTO sessions (${column}, refresh_token_hash, expires_at) VALUES ($1, 'x', now() + interval '1 day')`,
        [id],
      );
      await database().query(
        `INSERT INTO images (${column}, type, file_name, original_url, file_size, mime_type) VALUES ($1, $2, 'a', '/a', 1, 'image/png')`,
        [id, isUser ? 'user' : 'vendor'],
      );
      if (isUser)
        await database().query(
          "INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name) VALUES ($1, 'free', '/a', 'oil')",
          [id],
        );
    }
  });

  test.each(walled)(
    '%s: without a WHERE everybody finds their own, nobody none, and the program all',
    async (table) => {
      const count = async (account: string) =>
        Number((await as(account, `SELECT count(*) FROM ${table}`)).rows[0].count);
      const all = Number(
        (await database().query<{ count: string }>(`SELECT count(*) FROM ${table}`))[0]?.count,
      );
      expect(all).toBeGreaterThan(1);
      expect([
        await count(''),
        await count('{}'),
        await count(`{${one}}`),
        await count(`{${one},${vendor}}`),
        await count('system'),
      ]).toEqual([0, 0, 1, table === 'user_conversions' ? 1 : 2, all]);
      const { rows } = await as(`{${one}}`, `SELECT user_id FROM ${table}`);
      expect(rows).toEqual([{ user_id: one }]);
    },
  );

  test.each(walled)('%s: a change without a WHERE reaches nobody else', async (table) => {
    const change = {
      payments: "UPDATE payments SET last_answer = 'x'",
      subscription_periods: 'SELECT 1 FROM subscription_periods',
      sessions: 'UPDATE sessions SET revoked_at = now()',
      images: "UPDATE images SET title = 'x'",
      user_conversions: "UPDATE user_conversions SET title = 'x'",
    }[table];
    expect((await as(`{${one}}`, change)).rowCount).toBe(1);
    expect((await as('', change)).rowCount).toBe(0);
  });

  test('a row cannot be made or left in another name', async () => {
    await expect(
      as(
        `{${one}}`,
        "INSERT INTO sessions (user_id, refresh_token_hash, expires_at) VALUES ($1, 'x', now() + interval '1 day')",
        [other],
      ),
    ).rejects.toMatchObject(denied);
    await expect(as(`{${one}}`, 'UPDATE sessions SET user_id = $1', [other])).rejects.toMatchObject(denied);
  });

  test('what everybody sees is shown to everybody, and changed by its vendor alone', async () => {
    await database().query('UPDATE images SET is_public = true WHERE vendor_id = $1', [vendor]);
    expect((await as('', 'SELECT id FROM images')).rowCount).toBe(1);
    expect(
      (await as(`{${one}}`, "UPDATE images SET title = 'x' WHERE vendor_id = $1", [vendor])).rowCount,
    ).toBe(0);
    expect((await as('', 'SELECT id FROM images FOR UPDATE')).rowCount).toBe(0);
  });

  test('a setting that is no list of accounts shows nothing', async () => {
    await expect(as('everybody', 'SELECT count(*) FROM payments')).rejects.toMatchObject({ code: '22P02' });
    await app.query("SELECT set_config('app.account', 'system', true)");
    expect((await app.query('SELECT count(*) FROM payments')).rows[0].count).toBe('0');
  });
});

describe('the role that only reads', () => {
  test('sees what everybody sees, and may do nothing else', async () => {
    const seen = await database().query<{ name: string; column: string; verbs: string[] }>(
      `SELECT c.relname AS name, a.attname::text AS column,
              ARRAY(SELECT v FROM unnest('{SELECT,INSERT,UPDATE}'::text[]) v WHERE has_column_privilege($1, c.oid, a.attnum, v)) AS verbs
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')`,
      [roles.reader],
    );
    for (const { name, column, verbs } of seen) {
      const columns = readable[name];
      const isSeen = columns === 'all' || (columns?.includes(column) ?? false);
      expect([`${name}.${column}`, verbs]).toEqual([`${name}.${column}`, isSeen ? ['SELECT'] : []]);
    }
    const [may] = await database().query<{ charges: boolean }>(
      "SELECT has_function_privilege($1, 'record_conversion(uuid,text,text,text,uuid,uuid)', 'EXECUTE') AS charges",
      [roles.reader],
    );
    expect(may?.charges).toBe(false);
  });
});
