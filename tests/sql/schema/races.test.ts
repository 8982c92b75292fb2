import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, newPayment, newUser, newVendor, outcome, userQuota } from '../rows.ts';

const database = useTestDatabase();
const many = 64;
const clients: pg.Client[] = [];

beforeAll(async () => {
  for (let n = 0; n < many; n += 1) clients.push(await database().connect());
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
});

/** Sends the same call from so many connections at once; answers with how often each answer came. */
async function storm(connections: number, text: string, values: unknown[]): Promise<Record<string, number>> {
  const said = await Promise.all(
    clients.slice(0, connections).map((client) => outcome(client.query(text, values))),
  );
  const counts: Record<string, number> = {};
  for (const answer of said) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}

const recorded = `SELECT record_conversion($1, NULL, '/photo', 'oil')`;
const uploaded = `SELECT record_image_upload($1, $2, $3, 'a', '/a', NULL, 10, 'image/jpeg')`;

describe.each([2, 32, 64])('%i connections at once', (connections) => {
  const refusals = (accepted: number) => (connections > accepted ? { ST001: connections - accepted } : {});

  test('make exactly two conversions of two free ones', async () => {
    const user = await newUser(database());
    expect(await storm(connections, recorded, [user])).toEqual({ ok: 2, ...refusals(2) });
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 0 });
    const rows = await database().query('SELECT 1 FROM user_conversions WHERE user_id = $1', [user]);
    expect(rows).toHaveLength(2);
  });

  test('make exactly as many as are left in the period and free together', async () => {
    const user = await newUser(database(), { free_quota_remaining: 1 });
    await buy(database(), { user_id: user }, 'basic', { conversions_limit: 1 });
    expect(await storm(connections, recorded, [user])).toEqual({ ok: 2, ...refusals(2) });
    expect(await userQuota(database(), user)).toMatchObject({
      free_remaining: 0,
      paid_used: 1,
      paid_remaining: 0,
    });
  });

  test('upload exactly as many photos as one new free period holds, and open only one', async () => {
    const user = await newUser(database());
    const left = Math.min(5, connections);
    expect(await storm(connections, uploaded, [user, null, 'user'])).toEqual({ ok: left, ...refusals(5) });
    const rows = await database().query('SELECT images_used FROM subscription_periods WHERE user_id = $1', [
      user,
    ]);
    expect(rows).toEqual([{ images_used: left }]);
  });

  test('upload exactly one image into the last slot of a gallery', async () => {
    const vendor = await newVendor(database(), { free_gallery_remaining: 1 });
    expect(await storm(connections, uploaded, [null, vendor, 'vendor'])).toEqual({ ok: 1, ...refusals(1) });
    const rows = await database().query('SELECT 1 FROM images WHERE vendor_id = $1', [vendor]);
    expect(rows).toHaveLength(1);
  });
});

describe('a purchase meanwhile', () => {
  test('makes no false refusal: with a period of plenty on the way, every call after it is accepted', async () => {
    for (let round = 0; round < 10; round += 1) {
      const user = await newUser(database(), { free_quota_remaining: 0 });
      const payment = await newPayment(database(), { user_id: user }, 'advanced');
      const [buyer, ...callers] = clients.slice(0, 33);
      if (!buyer) throw new Error('No connection.');
      await buyer.query('BEGIN');
      await buyer.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [user]);
      // All begin before the period does, and wait behind the owner's lock, which the buyer holds.
      const waiting = callers.map((client) => outcome(client.query(recorded, [user])));
      await new Promise((resolve) => setTimeout(resolve, 20));
      await buyer.query('SELECT activate_payment($1)', [payment]);
      await buyer.query('COMMIT');
      expect(new Set(await Promise.all(waiting))).toEqual(new Set(['ok']));
      expect(await userQuota(database(), user)).toMatchObject({ paid_used: 32 });
    }
  });

  test('and uploads beside it make no second period and no error but a refusal', async () => {
    for (let round = 0; round < 5; round += 1) {
      const user = await newUser(database());
      const payment = await newPayment(database(), { user_id: user }, 'basic');
      const answers = await Promise.all([
        ...clients.slice(0, 20).map((client) => outcome(client.query(uploaded, [user, null, 'user']))),
        outcome(database().query('SELECT activate_payment($1)', [payment])),
      ]);
      expect(answers.filter((answer) => answer !== 'ok' && answer !== 'ST001')).toEqual([]);
      const charged = one(
        await database().query<{ used: number; images: number }>(
          `SELECT (SELECT sum(images_used)::int FROM subscription_periods WHERE user_id = $1) AS used,
                  (SELECT count(*)::int FROM images WHERE user_id = $1) AS images`,
          [user],
        ),
      );
      expect(charged.used).toBe(charged.images);
    }
  });
});

test('one failure reported by many at once returns one charge', async () => {
  const user = await newUser(database());
  const rows = await database().query<{ id: string }>(`${recorded} AS id`, [user]);
  const failed = `UPDATE user_conversions SET status = 'failed', error_message = 'x' WHERE id = $1 AND status = 'pending'`;
  await storm(32, failed, [one(rows).id]);
  expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2 });
});

test('one claim by many at once has one winner', async () => {
  const user = await newUser(database());
  const rows = await database().query<{ id: string }>(`${recorded} AS id`, [user]);
  const { id } = one(rows);
  const claims = await Promise.all(
    clients
      .slice(0, 32)
      .map((client) =>
        client.query(
          `UPDATE user_conversions SET status = 'processing', attempts = attempts + 1 WHERE id = $1 AND attempts = 0`,
          [id],
        ),
      ),
  );
  expect(claims.filter((claim) => claim.rowCount === 1)).toHaveLength(1);
});

test('a charge that waited for a period in vain holds nothing that another in the right order waits for', async () => {
  const user = await newUser(database());
  const period = await buy(database(), { user_id: user }, 'basic');
  const [taker, caller, other] = clients;
  if (!taker || !caller || !other) throw new Error('No connection.');
  const aMoment = () => new Promise((resolve) => setTimeout(resolve, 100));
  await taker.query('BEGIN');
  await taker.query('UPDATE subscription_periods SET conversions_used = conversions_limit WHERE id = $1', [
    period,
  ]);
  const called = outcome(caller.query(recorded, [user]));
  await aMoment();
  // Owner, then period: the order of the house.
  await other.query('BEGIN');
  const locked = outcome(
    other
      .query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [user])
      .then(() =>
        other.query('SELECT 1 FROM subscription_periods WHERE id = $1 FOR NO KEY UPDATE', [period]),
      ),
  );
  await aMoment();
  await taker.query('COMMIT');
  const answers = [await called, await locked];
  await other.query('ROLLBACK');
  expect(answers).toEqual(['ok', 'ok']);
  expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 1 });
});

test('charging, failing, buying and refunding at once end in no deadlock and in true accounts', async () => {
  const user = await newUser(database(), { free_quota_remaining: 2 });
  const payments: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    payments.push(
      await newPayment(database(), { user_id: user }, 'basic', { kind: n % 2 ? 'upgrade' : 'renewal' }),
    );
  }
  const work = clients.slice(0, 24).map(async (client, n) => {
    for (let round = 0; round < 6; round += 1) {
      if (n < payments.length && round === 2)
        await client.query('SELECT activate_payment($1)', [payments[n]]);
      if (n === 7 && round === 4) {
        await outcome(
          client.query(
            `INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 1)`,
            [payments[0]],
          ),
        );
      }
      const answer = await client
        .query<{ id: string }>(`${recorded} AS id`, [user])
        .catch((error: { code: string }) => error.code);
      if (typeof answer === 'string') {
        expect(answer).toBe('ST001');
        continue;
      }
      const id = answer.rows[0]?.id;
      await client.query('BEGIN');
      await client.query('SELECT lock_conversion_charge($1)', [id]);
      await client.query(`UPDATE user_conversions SET status = 'failed', error_message = 'x' WHERE id = $1`, [
        id,
      ]);
      await client.query('COMMIT');
    }
  });
  await Promise.all(work);
  expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2, paid_used: 0 });
});
