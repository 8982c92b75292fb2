import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, convert, newImage, newUser, outcome, userQuota } from '../rows.ts';

const database = useTestDatabase();

type State = 'pending' | 'processing' | 'completed' | 'failed';

const steps: Record<State, string> = {
  pending: `status = 'pending'`,
  processing: `status = 'processing', attempts = attempts + 1`,
  completed: `status = 'completed', output_file_url = '/result'`,
  failed: `status = 'failed', error_message = 'the engine gave up', failure_code = 'engine'`,
};

const way: Record<State, State[]> = {
  pending: [],
  processing: ['processing'],
  completed: ['processing', 'completed'],
  failed: ['processing', 'failed'],
};

const take = (id: string, set: string) =>
  outcome(database().query(`UPDATE user_conversions SET ${set} WHERE id = $1`, [id]));

async function conversionIn(state: State, userId?: string): Promise<string> {
  const id = await convert(database(), userId ?? (await newUser(database())));
  for (const step of way[state]) expect(await take(id, steps[step])).toBe('ok');
  return id;
}

async function rowOf(id: string) {
  return one(await database().query('SELECT * FROM user_conversions WHERE id = $1', [id]));
}

describe('a conversion moves', () => {
  const states = Object.keys(steps) as State[];
  const allowed = new Set([
    'pending -> processing',
    'pending -> failed',
    'processing -> processing',
    'processing -> completed',
    'processing -> failed',
  ]);
  const moves = states.flatMap((from) => states.map((to) => ({ from, to, move: `${from} -> ${to}` })));

  test.each(moves)('$move only when that is a step', async ({ from, to, move }) => {
    expect(await take(await conversionIn(from), steps[to])).toBe(allowed.has(move) ? 'ok' : 'ST004');
  });

  test('to processing again only with its attempt counted up by one', async () => {
    const id = await conversionIn('processing');
    expect(await take(id, `status = 'processing'`)).toBe('ST004');
    expect(await take(id, `attempts = attempts + 2`)).toBe('ST004');
    expect(await take(id, `attempts = attempts - 1`)).toBe('ST004');
    expect(await take(id, `attempts = attempts + 1`)).toBe('ok');
    expect(await rowOf(id)).toMatchObject({ attempts: 2, status: 'processing' });
  });

  test('and no other column is in the way of the rule', async () => {
    const id = await conversionIn('completed');
    expect(await take(id, 'deleted_at = now()')).toBe('ok');
  });

  test('and a claim is timed by the database: the first one for the deadline, the last for the worker', async () => {
    const id = await conversionIn('processing');
    const first = await rowOf(id);
    expect(first.first_claimed_at).toEqual(first.claimed_at);
    await take(id, steps.processing);
    const second = await rowOf(id);
    expect(second.first_claimed_at).toEqual(first.first_claimed_at);
    expect((second.claimed_at as Date).getTime()).toBeGreaterThan((first.claimed_at as Date).getTime());
  });

  test('and a claim without a count is counted all the same', async () => {
    const id = await conversionIn('pending');
    expect(await take(id, `status = 'processing'`)).toBe('ok');
    expect(await rowOf(id)).toMatchObject({ attempts: 1 });
  });

  test("to completed only with a result image of its own user's", async () => {
    const user = await newUser(database());
    const id = await conversionIn('processing', user);
    const photo = await newImage(database(), { user_id: user });
    const foreign = await newImage(database(), { type: 'result', user_id: await newUser(database()) });
    const result = await newImage(database(), { type: 'result', user_id: user });
    expect(await take(id, `${steps.completed}, result_image_id = '${photo}'`)).toBe('ST005');
    expect(await take(id, `${steps.completed}, result_image_id = '${foreign}'`)).toBe('ST005');
    expect(await take(id, `${steps.completed}, result_image_id = '${result}'`)).toBe('ok');
  });

  test('and deleting its images sets their columns to null, in any state', async () => {
    const user = await newUser(database());
    const photo = await newImage(database(), { user_id: user });
    const result = await newImage(database(), { type: 'result', user_id: user });
    const rows = await database().query<{ id: string }>(
      `SELECT record_conversion($1, NULL, '/a', 'oil', $2) AS id`,
      [user, photo],
    );
    const { id } = one(rows);
    await take(id, steps.processing);
    await take(id, `${steps.completed}, result_image_id = '${result}'`);
    expect(await outcome(database().query('DELETE FROM images WHERE user_id = $1', [user]))).toBe('ok');
    expect(await rowOf(id)).toMatchObject({
      source_image_id: null,
      result_image_id: null,
      status: 'completed',
    });
  });
});

describe('a charge comes back', () => {
  test('to the free counter when the conversion fails, exactly once', async () => {
    const user = await newUser(database());
    const id = await conversionIn('failed', user);
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2 });
    const row = await rowOf(id);
    expect(row.charge_returned_at).not.toBeNull();
    expect(await take(id, 'charge_returned_at = NULL')).toBe('ST004');
    expect(await take(id, `charge_returned_at = now() + interval '1 s'`)).toBe('ST004');
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2 });
  });

  test('to the period it came from', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await conversionIn('failed', user);
    expect(await userQuota(database(), user)).toMatchObject({ paid_used: 0, free_remaining: 2 });
  });

  test('when it is cancelled before it began', async () => {
    const user = await newUser(database());
    const id = await conversionIn('pending', user);
    expect(await take(id, `status = 'failed', error_message = 'cancelled', failure_code = 'cancelled'`)).toBe(
      'ok',
    );
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2 });
  });

  test('with the failure or not at all: both are rolled back together', async () => {
    const user = await newUser(database());
    const id = await conversionIn('processing', user);
    const client = await database().connect();
    await client.query('BEGIN');
    await client.query(`UPDATE user_conversions SET ${steps.failed} WHERE id = $1`, [id]);
    await client.query('ROLLBACK');
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 1 });
    expect(await rowOf(id)).toMatchObject({ status: 'processing', charge_returned_at: null });
  });

  test('and what was charged cannot be rewritten, nor returned after a result', async () => {
    const user = await newUser(database());
    const id = await conversionIn('completed', user);
    expect(await take(id, `conversion_type = 'paid'`)).toBe('ST004');
    expect(await take(id, `user_id = '${await newUser(database())}'`)).toBe('ST004');
    expect(await take(id, 'charge_returned_at = now()')).toBe('ST004');
  });
});

describe('return_overdue_charges', () => {
  const sweep = async () =>
    (await database().query<{ id: string }>('SELECT return_overdue_charges() AS id')).map((row) => row.id);
  const claimedMinutesAgo = (id: string, minutes: number) =>
    database().query(
      `UPDATE user_conversions SET first_claimed_at = clock_timestamp() - make_interval(mins => $2) WHERE id = $1`,
      [id, minutes],
    );

  test('returns the charge three minutes after the first claim and lets the work go on, free', async () => {
    const user = await newUser(database());
    const late = await conversionIn('processing', user);
    const early = await conversionIn('processing', user);
    await claimedMinutesAgo(late, 4);
    await claimedMinutesAgo(early, 2);
    expect(await sweep()).toEqual([late]);
    expect(await sweep()).toEqual([]);
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 1 });
    expect(await take(late, steps.completed)).toBe('ok');
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 1 });
  });

  test('and a failure after it returns nothing more', async () => {
    const user = await newUser(database());
    const late = await conversionIn('processing', user);
    await claimedMinutesAgo(late, 4);
    await sweep();
    expect(await take(late, steps.failed)).toBe('ok');
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2 });
  });
});
