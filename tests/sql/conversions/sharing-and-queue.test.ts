import { beforeAll, describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newImage, newUser, outcome } from '../rows.ts';

const database = useTestDatabase();
const hash = (letter: string) => letter.repeat(64);
let user: string;

beforeAll(async () => {
  user = await newUser(database());
});

async function first<T>(statement: string, values: unknown[] = []): Promise<T> {
  return one((await database().query(statement, values)) as T[]);
}

/** A conversion with these columns beside what every one has. */
async function newConversion(columns: Record<string, unknown> = {}): Promise<string> {
  const row = { user_id: user, conversion_type: 'free', input_file_url: '/a', style_name: 'oil', ...columns };
  const names = Object.keys(row);
  const { id } = await first<{ id: string }>(
    `INSERT INTO user_conversions (${names}) VALUES (${names.map((_, at) => `$${at + 1}`)}) RETURNING id`,
    Object.values(row),
  );
  return id;
}

async function newResult(): Promise<string> {
  const image = await newImage(database(), { user_id: user, type: 'result' });
  return newConversion({
    status: 'completed',
    completed_at: new Date(),
    output_file_url: '/b',
    result_image_id: image,
  });
}

const change = (id: string, set: string) =>
  outcome(database().query(`UPDATE user_conversions SET ${set} WHERE id = $1`, [id]));

describe('the line', () => {
  test('gives a paid conversion the turn of a free one that was asked for two minutes before', async () => {
    const turns = await first<{
      free: number;
      paid: number;
    }>(`SELECT conversion_turn('2026-11-22 10:00:00.9+00', 'free') AS free,
              conversion_turn('2026-11-22 10:02:00.1+00', 'paid') AS paid`);
    expect(turns.free).toBe(turns.paid);
  });

  test('counts turns in the same seconds whatever the time zone of the session', async () => {
    const turn = `SELECT conversion_turn('2026-03-22 00:00:00+03:30', 'free') AS turn`;
    const here = await first<{ turn: number }>(turn);
    await database().query("SET TIME ZONE 'Asia/Tehran'");
    expect(await first(turn)).toEqual(here);
    await database().query('RESET TIME ZONE');
  });

  test('has two lanes for an account and no third', async () => {
    const id = await newConversion();
    expect(await change(id, 'lane = 1')).toBe('ok');
    expect(await change(id, 'lane = 2')).toBe('23514 chk_conversion_lane');
  });
});

describe('a kept conversion', () => {
  test('has a title of 1 to 80 characters, or none', async () => {
    const id = await newConversion();
    expect(await change(id, "title = ''")).toBe('23514 chk_conversion_title');
    expect(await change(id, "title = repeat('ن', 81)")).toBe('23514 chk_conversion_title');
    expect(await change(id, "title = repeat('ن', 80)")).toBe('ok');
    expect(await change(id, 'title = NULL')).toBe('ok');
  });

  test('cannot be deleted while it waits, nor keep title, mark or picture when it is', async () => {
    expect(await change(await newConversion(), 'deleted_at = now()')).toBe('23514 chk_conversion_deleted');
    const id = await newResult();
    expect(await change(id, 'deleted_at = now()')).toBe('23514 chk_conversion_deleted');
    await change(id, "title = 'me', is_favourite = true");
    const gone = 'deleted_at = now(), result_image_id = NULL';
    expect(await change(id, `${gone}, is_favourite = false`)).toBe('23514 chk_conversion_deleted');
    expect(await change(id, `${gone}, title = NULL`)).toBe('23514 chk_conversion_deleted');
    expect(await change(id, `${gone}, title = NULL, is_favourite = false`)).toBe('ok');
  });
});

describe('a link', () => {
  const insert = (values: string) =>
    outcome(database().query(`INSERT INTO share_links (conversion_id, token_hash, ${values})`));

  test.each([
    ['a token in clear', `token_hash = 'token'`, 'chk_share_token_hash'],
    ['a password in clear', `password_hash = 'secret'`, 'chk_share_password_hash'],
    ['an end before its beginning', `expires_at = created_at`, 'chk_share_expiry'],
    ['less than no views', `view_count = -1`, 'chk_share_views'],
    ['views at no time', `view_count = 1`, 'chk_share_views'],
  ])('is refused with %s', async (_title, set, constraint) => {
    const id = await newResult();
    expect(await insert(`password_hash) VALUES ('${id}', '${hash('a')}', NULL`)).toBe('ok');
    expect(
      await outcome(database().query(`UPDATE share_links SET ${set} WHERE conversion_id = $1`, [id])),
    ).toBe(`23514 ${constraint}`);
    await database().query('DELETE FROM share_links');
  });

  test('shares its token with no other', async () => {
    const id = await newResult();
    const again = `password_hash) VALUES ('${id}', '${hash('b')}', NULL`;
    expect(await insert(again)).toBe('ok');
    expect(await insert(again)).toBe('23505 share_links_token_hash_key');
  });

  test('is alive until it is revoked, ends, its result goes, waits for a decision, or its account is closed', async () => {
    const id = await newResult();
    await insert(`password_hash) VALUES ('${id}', '${hash('c')}', NULL`);
    const alive = async () =>
      (await database().query('SELECT 1 FROM live_share_links WHERE conversion_id = $1', [id])).length === 1;
    const there = async (dead: string, back: string) => {
      await database().query(dead);
      const seen = await alive();
      await database().query(back);
      return [seen, await alive()];
    };
    const links = (set: string) => `UPDATE share_links SET ${set} WHERE conversion_id = '${id}'`;
    const images = (state: string) =>
      `UPDATE images SET moderation = '${state}' WHERE id = (SELECT result_image_id FROM user_conversions WHERE id = '${id}')`;
    expect(await alive()).toBe(true);
    expect(await there(links('revoked_at = now()'), links('revoked_at = NULL'))).toEqual([false, true]);
    const ended = links(`created_at = now() - interval '2 days', expires_at = now() - interval '1 second'`);
    expect(await there(ended, links('expires_at = NULL'))).toEqual([false, true]);
    expect(await there(images('waiting'), images('accepted'))).toEqual([false, true]);
    expect(
      await there(
        `UPDATE users SET is_active = false WHERE id = '${user}'`,
        `UPDATE users SET is_active = true WHERE id = '${user}'`,
      ),
    ).toEqual([false, true]);
    await change(id, 'deleted_at = now(), result_image_id = NULL');
    expect(await alive()).toBe(false);
    const rows = await database().query('SELECT revoked_at FROM share_links WHERE conversion_id = $1', [id]);
    expect(rows).toEqual([{ revoked_at: expect.any(Date) }]);
  });
});
