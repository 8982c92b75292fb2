import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, convert, newImage, newPayment, newUser, newVendor, outcome } from '../rows.ts';
import { timeline } from './periods.ts';

const database = useTestDatabase();
const run = (text: string, values?: unknown[]) => outcome(database().query(text, values));

/** Runs statements in one transaction and answers what its commit said. */
async function together(...statements: readonly string[]): Promise<string> {
  const client = await database().connect();
  const said = await outcome(client.query(['BEGIN', ...statements, 'COMMIT'].join(';')));
  await client.query('ROLLBACK');
  await client.end();
  return said;
}

const paymentOf = async (period: string) =>
  one(
    await database().query<{ id: string }>(
      'SELECT payment_id AS id FROM subscription_periods WHERE id = $1',
      [period],
    ),
  ).id;

describe('a completed payment has exactly one period', () => {
  const missing = '23514 trg_payments_period';

  test('completed by any statement: one without is refused when the transaction ends', async () => {
    const user = await newUser(database());
    const payment = await newPayment(database(), { user_id: user }, 'basic');
    const completed = `UPDATE payments SET status = 'completed' WHERE id = '${payment}'`;
    expect(await run(completed)).toBe(missing);
    expect(await outcome(newPayment(database(), { user_id: user }, 'basic', { status: 'completed' }))).toBe(
      missing,
    );
    expect(await together(completed, `SELECT activate_payment('${payment}')`)).toBe('ok');
  });

  test('and a payment that is not completed has none', async () => {
    const user = await newUser(database());
    const payment = await newPayment(database(), { user_id: user }, 'basic');
    const period = `INSERT INTO subscription_periods (user_id, plan_id, payment_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
                    SELECT user_id, plan_id, id, now(), now(), now() + interval '20 days', 20, 50 FROM payments WHERE id = '${payment}'`;
    expect(await run(period)).toBe(missing);
    expect(await together(period, `UPDATE payments SET status = 'completed' WHERE id = '${payment}'`)).toBe(
      'ok',
    );
  });
});

describe('a paid payment', () => {
  test('is not rewritten, neither its receipt nor its time; what is said about it may be', async () => {
    const user = await newUser(database());
    const payment = await newPayment(database(), { user_id: user }, 'basic', { gateway_track_id: 'A1' });
    await database().query(`SELECT activate_payment($1, 'ref', 'card')`, [payment]);
    for (const set of [
      `gateway_track_id = 'A2'`,
      'gateway_track_id = NULL',
      `gateway_ref_number = 'other'`,
      `gateway_card_number = NULL`,
      `gateway = 'other'`,
      `paid_at = paid_at - interval '1 day'`,
      `created_at = created_at - interval '1 day'`,
      `return_url = '/elsewhere'`,
    ]) {
      expect(await run(`UPDATE payments SET ${set} WHERE id = $1`, [payment]), set).toBe('ST004');
    }
    for (const set of [
      `attention_reason = 'x'`,
      `last_answer = '101'`,
      'checked_at = now()',
      `description = 'a month'`,
    ]) {
      expect(await run(`UPDATE payments SET ${set} WHERE id = $1`, [payment]), set).toBe('ok');
    }
  });
});

describe('rows of money and charges', () => {
  test('stay as long as their account, and go with it', async () => {
    const user = await newUser(database());
    const period = await buy(database(), { user_id: user }, 'basic');
    const payment = await paymentOf(period);
    const [free, paid] = [await convert(database(), user, 'free'), await convert(database(), user, 'paid')];
    await database().query(
      `INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 5)`,
      [payment],
    );
    for (const [table, id] of [
      ['user_conversions', free],
      ['user_conversions', paid],
      ['subscription_periods', period],
      ['payments', payment],
    ]) {
      expect(await run(`DELETE FROM ${table} WHERE id = $1`, [id]), table).toBe('ST004');
    }
    expect(await run('DELETE FROM payment_refunds WHERE payment_id = $1', [payment])).toBe('ST004');
    for (const table of ['user_conversions', 'subscription_periods', 'payments', 'payment_refunds']) {
      expect(await run(`TRUNCATE ${table} CASCADE`), table).toBe('ST004');
    }
    expect(await run('DELETE FROM users WHERE id = $1', [user])).toBe('ok');
    expect(await database().query('SELECT 1 FROM payments WHERE id = $1', [payment])).toEqual([]);
  });

  test('a conversion of a plan names its period', async () => {
    const user = await newUser(database());
    expect(
      await run(
        `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name) VALUES ($1, 'paid', '/a', 'oil')`,
        [user],
      ),
    ).toBe('23514 chk_conversion_paid_period');
  });
});

describe('a period', () => {
  const set = (id: string, change: string) =>
    run(`UPDATE subscription_periods SET ${change} WHERE id = $1`, [id]);

  test('that has begun is cut and never stretched, nor begun again', async () => {
    const user = await newUser(database());
    const period = await buy(database(), { user_id: user }, 'basic');
    for (const change of [
      `ends_at = ends_at + interval '1 second'`,
      `ends_at = ends_at + interval '1 month', anchor_at = anchor_at + interval '1 day'`,
      `anchor_at = now(), starts_at = now(), ends_at = period_month(now(), 1)`,
    ]) {
      expect(await set(period, change), change).toBe('ST004');
    }
    expect(await set(period, `ends_at = ends_at - interval '20 days'`)).toBe('ok');
    expect(await set(period, `ends_at = ends_at + interval '1 day'`)).toBe('ST004');
  });

  test('ahead is a month of its anchor wherever it moves', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    const ahead = await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    expect(await set(ahead, `ends_at = ends_at + interval '3 days'`)).toBe('ST004');
    expect(
      await set(ahead, 'anchor_at = ends_at, starts_at = ends_at, ends_at = period_month(ends_at, 1)'),
    ).toBe('ok');
  });

  test('that was refunded stays over', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    const ahead = await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    await database().query(
      `INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 5)`,
      [await paymentOf(ahead)],
    );
    expect(await set(ahead, 'ends_at = period_month(starts_at, 1)')).toBe('ST004');
  });
});

describe('a refund', () => {
  const refund = async (period: string) =>
    run(`INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 5)`, [
      await paymentOf(period),
    ]);

  test.each(['user', 'vendor'] as const)(
    'of the month that runs has the months ahead of a %s begin now',
    async (kind) => {
      const owner =
        kind === 'user' ? { user_id: await newUser(database()) } : { vendor_id: await newVendor(database()) };
      const plan = kind === 'user' ? 'basic' : 'vendor_pro';
      const running = await buy(database(), owner, plan);
      await buy(database(), owner, plan, { kind: 'renewal' });
      await buy(database(), owner, plan, { kind: 'renewal' });
      expect(await refund(running)).toBe('ok');
      const rows = await database().query<{ starts: boolean; follows: boolean; month: boolean }>(
        `SELECT starts_at <= clock_timestamp() AS starts,
                starts_at = lag(ends_at, 1, starts_at) OVER (ORDER BY starts_at) AS follows,
                ends_at = period_month(anchor_at, month_of_anchor(anchor_at, starts_at) + 1) AS month
           FROM subscription_periods WHERE coalesce(user_id, vendor_id) = $1 AND ends_at > clock_timestamp() ORDER BY starts_at`,
        Object.values(owner),
      );
      expect(rows).toEqual([
        { starts: true, follows: true, month: true },
        { starts: false, follows: true, month: true },
      ]);
      const shown = await database().query(
        `SELECT plan_id IS NOT NULL AS shown FROM ${kind}s WHERE id = $1`,
        Object.values(owner),
      );
      expect(shown).toEqual([{ shown: true }]);
    },
  );

  test('of a month ahead has the next one take its place, on the same day of the month', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    const second = await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    await buy(database(), { user_id: user }, 'advanced', { kind: 'renewal' });
    const before = (await timeline(database(), user)).filter(({ until }) => until > 0);
    expect(await refund(second)).toBe('ok');
    const after = (await timeline(database(), user)).filter(({ until, plan }) => until > 0 && plan);
    expect(after.map(({ plan }) => plan)).toEqual(['basic', 'advanced']);
    expect(after.map(({ starts_at }) => starts_at)).toEqual(
      before.slice(0, 2).map(({ starts_at }) => starts_at),
    );
  });
});

describe('both ways to a shell', () => {
  test.each(['user', 'vendor'] as const)(
    'say the same of a %s whose half hour at the gateway is over and not asked about',
    async (kind) => {
      const owner =
        kind === 'user' ? { user_id: await newUser(database()) } : { vendor_id: await newVendor(database()) };
      const payment = await newPayment(database(), owner, kind === 'user' ? 'basic' : 'vendor_pro', {
        expires_at: new Date(Date.now() - 60_000),
      });
      const [id] = Object.values(owner);
      const ways = [
        `SELECT erase_${kind}($1, 'hash-${id}')`,
        `UPDATE ${kind}s SET phone = 'deleted:' || id, is_active = false WHERE id = $1`,
      ];
      for (const way of ways) {
        const refused = await database()
          .query(way, [id])
          .then(
            () => 'ok',
            ({ code, hint }: { code: string; hint: string }) => `${code} ${hint}`,
          );
        expect(refused).toBe('ST004 payment');
      }
      await database().query(`UPDATE payments SET status = 'expired' WHERE id = $1`, [payment]);
      expect(await run(ways[0] ?? '', [id])).toBe('ok');
    },
  );
});

describe('what is purged while it is charged for', () => {
  test.each(['a reference', 'a photo'] as const)('%s is not found, and nothing is charged', async (what) => {
    const user = await newUser(database());
    const photo = await newImage(database(), { user_id: user });
    const picture = await newImage(database(), { vendor_id: await newVendor(database()), is_public: true });
    for (const pool of ['free', 'paid']) {
      const [purger, charger] = [await database().connect(), await database().connect()];
      const { rows } = await charger.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await purger.query('BEGIN');
      // Gone for a query after the commit, and there for a charge that begins before it.
      await purger.query('DELETE FROM images WHERE id = $1', [what === 'a photo' ? photo : picture]);
      const charged = outcome(
        charger.query(`SELECT record_conversion($1, $2, '/a', 'reference', $3, $4)`, [
          user,
          pool,
          photo,
          picture,
        ]),
      );
      await waitsForLock(one(rows).pid);
      await purger.query(pool === 'free' ? 'ROLLBACK' : 'COMMIT');
      expect(await charged).toBe(pool === 'free' ? 'ok' : 'ST003');
      if (pool === 'free') await buy(database(), { user_id: user }, 'basic');
      await Promise.all([purger.end(), charger.end()]);
    }
    const used = await database().query(
      'SELECT conversions_used AS used FROM subscription_periods WHERE user_id = $1',
      [user],
    );
    expect(used).toEqual([{ used: 0 }]);
  });

  /** Until the connection waits for what another holds. */
  async function waitsForLock(pid: number): Promise<void> {
    for (;;) {
      const rows = await database().query(
        `SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'`,
        [pid],
      );
      if (rows.length > 0) return;
    }
  }
});
