import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { activate, newAlbum, newImage, newPayment, newUser, newVendor, outcome, planId } from '../rows.ts';

const database = useTestDatabase();
const here = import.meta.dirname;

type Refused = { readonly what: string; readonly answer: string; readonly statement: string };

/** The cases of the files refused-rows*.sql: a comment `what => answer`, and the statement below it. */
const refused: readonly Refused[] = readdirSync(here)
  .filter((name) => /^refused-rows.*\.sql$/.test(name))
  .flatMap((name) => readFileSync(join(here, name), 'utf8').split(/\n\n/).slice(1))
  .map((text) => {
    const [, what, answer, statement] = /^-- (.*) => (.*)\n([\s\S]*);\s*$/.exec(text) ?? [];
    if (!what || !answer || !statement) throw new Error(`Not a case: ${text}`);
    return { what, answer, statement };
  });

/** Rows that every refused row would belong to; `:user` in a statement becomes its id. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  const db = database();
  ids.user = await newUser(db);
  ids.vendor = await newVendor(db);
  ids.other = await newVendor(db);
  ids.basic = await planId(db, 'basic');
  ids.pro = await planId(db, 'vendor_pro');
  ids.photo = await newImage(db, { user_id: ids.user });
  ids.picture = await newImage(db, { vendor_id: ids.vendor });
  ids.foreign = await newImage(db, { vendor_id: ids.other });
  ids.album = await newAlbum(db, ids.vendor);
  ids.payment = await newPayment(db, { user_id: ids.user }, 'basic');
  await activate(db, ids.payment);
});

function run(statement: string): Promise<string> {
  const withIds = statement.replaceAll(/:(\w+)\b/g, (all, name: string) =>
    ids[name] ? `'${ids[name]}'` : all,
  );
  return outcome(database().query(withIds));
}

describe('the server itself refuses', () => {
  test.each(refused)('$what', async ({ statement, answer }) => {
    const said = await run(statement);
    expect(answer.includes(' ') ? said : said.split(' ')[0]).toBe(answer);
  });
});

/** The same kinds of rows, right: what is refused above is refused for its fault alone. */
const accepted = [
  `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name) VALUES (:user, 'free', '/a', 'oil')`,
  `INSERT INTO images (user_id, type, file_name, original_url, mime_type, file_size) VALUES (:user, 'user', 'a', '/a', 'image/png', 1)`,
  `INSERT INTO images (user_id, type, file_name, original_url, mime_type, file_size) VALUES (:user, 'result', 'a', '/a', 'image/png', 1)`,
  `INSERT INTO payments (user_id, plan_id, amount, callback_url, return_url) VALUES (:user, :basic, 5, '/c', '/r')`,
  `INSERT INTO sessions (user_id, refresh_token_hash, expires_at) VALUES (:user, 'h', now())`,
  `INSERT INTO otps (phone, code, purpose, expires_at) VALUES ('+98', 'h', 'phone_verify', now())`,
  `INSERT INTO audit_logs (actor_type, action, metadata) VALUES ('system', 'a.b', '{}')`,
  `INSERT INTO payment_plans (name, display_name) VALUES ('later', 'Later')`,
  `INSERT INTO album_images (album_id, image_id, vendor_id) VALUES (:album, :picture, :vendor)`,
  `UPDATE albums SET cover_image_id = :picture WHERE id = :album`,
  `INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES (:user, 'conversions', 1, 'x')`,
  `INSERT INTO payment_refunds (payment_id, method, amount) VALUES (:payment, 'transfer', 50)`,
];

test.each(accepted)('the server takes: %s', async (statement) => {
  expect(await run(statement)).toBe('ok');
});

/** Refused together with another rule of the same row, or the backstop of a trigger that speaks first. */
const behindOthers = new Set([
  'chk_album_image_count',
  'chk_grant_ownership',
  'chk_period_ownership',
  'chk_refund_ownership',
  'images_type_check',
]);

/** Constraints of a feature may be tried in its own SQL tests: there their names stand. */
const sqlTests = join(here, '..');
const sources = readdirSync(sqlTests, { encoding: 'utf8', recursive: true })
  .filter((name) => /\.(test\.ts|sql)$/.test(name) && !name.endsWith('constraints.test.ts'))
  .map((name) => readFileSync(join(sqlTests, name), 'utf8'))
  .join('\n');

test('every CHECK and exclusion constraint of the database has a case', async () => {
  const rows = await database().query<{ name: string }>(
    `SELECT k.conname AS name FROM pg_constraint k
      WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('c', 'x')`,
  );
  expect(rows.length).toBeGreaterThan(80);
  const isTried = (name: string) => new RegExp(`\\b${name}\\b`).test(sources) || behindOthers.has(name);
  expect(rows.map(({ name }) => name).filter((name) => !isTried(name))).toEqual([]);
});
