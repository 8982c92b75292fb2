import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { withEmptyDatabase } from '#tests/support/database/empty-database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

type Run = (text: string) => Promise<Record<string, string | null>[]>;
type Facts = { columns: Record<string, string[]>; constraints: Record<string, string> };

/** What the server knows of tables: their columns in order, and their constraints by name. */
async function factsOf(run: Run, tables: string): Promise<Facts> {
  const columns = await run(`
    SELECT c.relname AS "table", a.attname AS name,
           concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
                     CASE WHEN a.attnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)) AS fact
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND ${tables}
     ORDER BY c.relname, a.attnum`);
  const constraints = await run(`
    SELECT c.relname || '.' || k.conname AS name, pg_get_constraintdef(k.oid) AS fact
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE c.relnamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'f', 'c') AND ${tables}`);
  const facts: Facts = { columns: {}, constraints: {} };
  for (const { table, fact } of columns) {
    facts.columns[String(table)] = [...(facts.columns[String(table)] ?? []), String(fact)];
  }
  for (const { name, fact } of constraints) facts.constraints[String(name)] = String(fact);
  return facts;
}

const database = useTestDatabase();
let seed: Facts;
let ours: Facts;

beforeAll(async () => {
  const ddl = await readFile(new URL('./seed-design.sql', import.meta.url), 'utf8');
  seed = await withEmptyDatabase(async (client: pg.Client) => {
    await client.query(ddl);
    return factsOf(async (text) => (await client.query(text)).rows, 'true');
  });
  ours = await factsOf((text) => database().query(text), "c.relname <> '_prisma_migrations'");
});

describe('the migrated database contains the design document', () => {
  test('every table is there', () => {
    expect(Object.keys(seed.columns)).toHaveLength(11);
    expect(Object.keys(ours.columns)).toEqual(expect.arrayContaining(Object.keys(seed.columns)));
  });

  test('every column stands in its place with its type, default and nullability', () => {
    for (const [table, columns] of Object.entries(seed.columns)) {
      expect(ours.columns[table]?.slice(0, columns.length), table).toEqual(columns);
    }
  });

  test('every key, foreign key action and CHECK is there under its name, word for word', () => {
    expect(Object.keys(seed.constraints).length).toBeGreaterThan(30);
    expect(ours.constraints).toMatchObject(seed.constraints);
  });

  test('columns that were added can be left out of an INSERT that knows only the document', async () => {
    // payments' frozen limits are filled from the plan by a trigger.
    const filledByTrigger = ['payments.conversions_limit', 'payments.images_limit'];
    for (const [table, columns] of Object.entries(seed.columns)) {
      const added = ours.columns[table]?.slice(columns.length) ?? [];
      const demanding = added
        .filter((fact) => fact.includes('NOT NULL') && !fact.includes('DEFAULT'))
        .map((fact) => `${table}.${fact.split(' ')[0]}`);
      expect(filledByTrigger).toEqual(expect.arrayContaining(demanding));
    }
  });

  test('the five default plans have their limits and prices', async () => {
    const rows = await database().query(
      `SELECT name, display_name, audience, price_per_month_cents::int AS price,
              monthly_conversions_limit AS conversions, monthly_images_limit AS images, is_active
         FROM payment_plans ORDER BY audience, price_per_month_cents`,
    );
    const plan = (
      name: string,
      display_name: string,
      audience: string,
      price: number,
      conversions: number,
      images: number,
    ) => ({ name, display_name, audience, price, conversions, images, is_active: true });
    expect(rows).toEqual([
      plan('free', 'Free Plan', 'user', 0, 2, 5),
      plan('basic', 'Basic Plan', 'user', 50_000, 20, 50),
      plan('advanced', 'Advanced Plan', 'user', 150_000, 100, 200),
      plan('vendor_free', 'Vendor Free Plan', 'vendor', 0, 0, 10),
      plan('vendor_pro', 'Vendor Pro Plan', 'vendor', 100_000, 0, 500),
    ]);
  });

  test('every function is there with the names and defaults of its parameters', async () => {
    const rows = await database().query<{ name: string; arguments: string; result: string }>(
      `SELECT proname AS name, pg_get_function_arguments(oid) AS arguments, pg_get_function_result(oid) AS result
         FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
    );
    const found = new Map(rows.map((row) => [row.name, row]));
    expect(found.get('get_user_quota_status')?.arguments).toBe('p_user_id uuid');
    expect(found.get('get_user_quota_status')?.result).toBe(
      'TABLE(plan_name text, free_remaining integer, paid_limit integer, paid_used integer, paid_remaining integer, total_remaining integer, images_limit integer, images_used integer, images_remaining integer, period_start timestamp with time zone, period_end timestamp with time zone)',
    );
    expect(found.get('get_vendor_quota_status')?.arguments).toBe('p_vendor_id uuid');
    expect(found.get('get_vendor_quota_status')?.result).toBe(
      'TABLE(plan_name text, free_remaining integer, paid_limit integer, paid_used integer, paid_remaining integer, total_remaining integer, period_start timestamp with time zone, period_end timestamp with time zone)',
    );
    expect(found.get('can_user_convert')).toMatchObject({ result: 'boolean' });
    expect(found.get('can_user_convert')?.arguments).toMatch(/^p_user_id uuid, p_conversion_type text/);
    expect(found.get('can_vendor_upload_image')).toMatchObject({ result: 'boolean' });
    expect(found.get('can_vendor_upload_image')?.arguments).toMatch(/^p_vendor_id uuid, p_is_free boolean/);
    expect(found.get('record_conversion')).toMatchObject({
      arguments:
        'p_user_id uuid, p_conversion_type text, p_input_file_url text, p_style_name text, p_source_image_id uuid DEFAULT NULL::uuid, p_style_image_id uuid DEFAULT NULL::uuid',
      result: 'uuid',
    });
    expect(found.get('record_image_upload')).toMatchObject({
      arguments:
        "p_user_id uuid, p_vendor_id uuid, p_type character varying, p_file_name text, p_original_url text, p_thumbnail_url text, p_file_size bigint, p_mime_type text, p_width integer DEFAULT NULL::integer, p_height integer DEFAULT NULL::integer, p_is_public boolean DEFAULT false, p_tags text[] DEFAULT '{}'::text[], p_metadata jsonb DEFAULT '{}'::jsonb",
      result: 'uuid',
    });
    expect(found.get('get_system_stats')?.result).toMatch(/^TABLE\((\w+ bigint(, )?)+\)$/);
    expect(found.has('activate_payment')).toBe(true);
  });

  test('every table with an updated_at keeps it by itself', async () => {
    const rows = await database().query<{ name: string; kept: boolean }>(
      `SELECT c.relname AS name, EXISTS (
                SELECT 1 FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
                 WHERE t.tgrelid = c.oid AND f.proname = 'set_updated_at'
              ) AS kept
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'updated_at'`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(8);
    const expected = [
      'users',
      'vendors',
      'payment_plans',
      'payments',
      'images',
      'albums',
      'subscription_periods',
    ];
    for (const name of expected) expect(rows, name).toContainEqual({ name, kept: true });
  });
});
