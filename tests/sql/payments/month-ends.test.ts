import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, newUser } from '../rows.ts';

const database = useTestDatabase();

/** Tehran has kept one offset since 2023. */
const tehranMs = 3.5 * 3_600_000;

/** The reference: the same clock time in Tehran n months later, on the month's last day when it is shorter. */
function monthOf(anchor: Date, n: number): Date {
  const local = new Date(anchor.getTime() + tehranMs);
  const first = new Date(local);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + n);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(local.getUTCDate(), lastDay));
  return new Date(first.getTime() - tehranMs);
}

const asked = async (anchor: Date, n: number, timeZone = 'UTC') => {
  const client = await database().connect();
  await client.query(`SET timezone = '${timeZone}'`);
  const { rows } = await client.query<{ at: Date }>('SELECT period_month($1, $2) AS at', [anchor, n]);
  await client.end();
  return rows[0]?.at;
};

describe('the months of a subscription', () => {
  test.each([
    ['2026-01-31T10:00:00+03:30', 1, '2026-02-28T10:00:00+03:30'],
    ['2026-01-31T10:00:00+03:30', 2, '2026-03-31T10:00:00+03:30'],
    ['2028-01-31T10:00:00+03:30', 1, '2028-02-29T10:00:00+03:30'],
    ['2026-12-31T23:59:59+03:30', 2, '2027-02-28T23:59:59+03:30'],
    // The last moment before Tehran's midnight, which is another day in London.
    ['2026-01-31T23:30:00+03:30', 1, '2026-02-28T23:30:00+03:30'],
    ['2026-02-01T00:30:00+03:30', 1, '2026-03-01T00:30:00+03:30'],
    ['2028-02-29T00:00:00+03:30', 12, '2029-02-28T00:00:00+03:30'],
  ])('%s and %i months is %s', async (anchor, n, end) => {
    expect(await asked(new Date(anchor), n)).toEqual(new Date(end));
  });

  test("do not depend on the session's own time zone", async () => {
    const anchor = new Date('2026-01-31T23:30:00+03:30');
    for (const zone of ['UTC', 'Pacific/Auckland', 'America/Los_Angeles']) {
      expect(await asked(anchor, 1, zone)).toEqual(new Date('2026-02-28T23:30:00+03:30'));
    }
  });

  test('are those of a calendar in Tehran, for any anchor', async () => {
    const anchors = fc.sample(
      fc.date({ min: new Date('2023-01-01'), max: new Date('2045-01-01'), noInvalidDate: true }),
      300,
    );
    const rows = await database().query<{ at: Date[] }>(
      `SELECT ARRAY(SELECT period_month(a, n) FROM generate_series(0, 26) n ORDER BY n) AS at
         FROM unnest($1::timestamptz[]) WITH ORDINALITY t(a, i) ORDER BY i`,
      [anchors],
    );
    for (const [i, anchor] of anchors.entries()) {
      expect(rows[i]?.at).toEqual(Array.from({ length: 27 }, (_, n) => monthOf(anchor, n)));
    }
  });

  test('of a renewal are the next ones of its anchor, so that the 31st stays the 31st', async () => {
    // Anchors such that today lies in month n of them; the days that no month, or not every month, has.
    for (const [day, n] of [
      [31, 5],
      [30, 8],
      [29, 11],
      [31, 1],
      [1, 3],
    ] as const) {
      const today = new Date(Date.now() + tehranMs);
      const anchor = new Date(
        Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - n, 1, 10, 0, 0) - tehranMs,
      );
      const lastDay = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - n + 1, 0)).getUTCDate();
      anchor.setUTCDate(Math.min(day, lastDay));
      const user = await newUser(database());
      const period = await buy(database(), { user_id: user }, 'basic');
      const running = Array.from({ length: n + 2 }, (_, m) => m).find(
        (m) => monthOf(anchor, m) <= new Date() && monthOf(anchor, m + 1) > new Date(),
      );
      if (running === undefined) throw new Error('The anchor has no month that runs.');
      await database().unguarded(
        'UPDATE subscription_periods SET anchor_at = $2, starts_at = $3, ends_at = $4 WHERE id = $1',
        [period, anchor, monthOf(anchor, running), monthOf(anchor, running + 1)],
      );
      for (let ahead = 1; ahead <= 14; ahead += 1) {
        const next = await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
        const row = one(
          await database().query(
            'SELECT anchor_at, starts_at, ends_at FROM subscription_periods WHERE id = $1',
            [next],
          ),
        );
        expect(row).toEqual({
          anchor_at: anchor,
          starts_at: monthOf(anchor, running + ahead),
          ends_at: monthOf(anchor, running + ahead + 1),
        });
      }
    }
  });

  test('that were paid ahead follow a new anchor without a gap, also when some of them move to an earlier day', async () => {
    // The month from 28 February to 31 March is given up at noon of its first day: the next ones, anchored on the
    // 31st at ten, begin on the 28th at noon: three days earlier, two, one, or two hours later.
    const user = await newUser(database());
    const anchor = new Date('2031-01-31T10:00:00+03:30');
    const upgradedAt = new Date('2031-02-28T12:00:00+03:30');
    await database().query(
      `INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
       SELECT $1, id, $2, period_month($2, n), period_month($2, n + 1), 1, 1
         FROM payment_plans, generate_series(2, 15) n WHERE name = 'basic'`,
      [user, anchor],
    );
    await database().query('SELECT rechain_periods($1, $2, $3)', [user, upgradedAt, monthOf(anchor, 2)]);
    const rows = await database().query<{ starts_at: Date; ends_at: Date }>(
      'SELECT starts_at, ends_at FROM subscription_periods WHERE user_id = $1 ORDER BY starts_at',
      [user],
    );
    expect(rows).toEqual(
      Array.from({ length: 14 }, (_, n) => ({
        starts_at: monthOf(upgradedAt, n + 1),
        ends_at: monthOf(upgradedAt, n + 2),
      })),
    );
  });

  test('that were paid ahead follow an upgrade on its own day, without a gap, though some begin earlier than before', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    for (let n = 0; n < 13; n += 1) await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    // An anchor on the last day of a month, with today in its second half: months of 28 to 31 days lie ahead.
    const today = new Date();
    const anchor = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 0, 1));
    await database().unguarded(`UPDATE subscription_periods SET ends_at = starts_at WHERE user_id = $1`, [
      user,
    ]);
    await database().unguarded(
      `UPDATE subscription_periods p SET anchor_at = $2, starts_at = period_month($2, n), ends_at = period_month($2, n + 1)
         FROM (SELECT id, (row_number() OVER (ORDER BY created_at) - 1)::int AS n FROM subscription_periods WHERE user_id = $1) o
        WHERE o.id = p.id`,
      [user, anchor],
    );
    const upgrade = await buy(database(), { user_id: user }, 'advanced', { kind: 'upgrade' });
    const began = one(
      await database().query<{ at: Date }>('SELECT starts_at AS at FROM subscription_periods WHERE id = $1', [
        upgrade,
      ]),
    ).at;
    const rows = await database().query<{ starts: Date; ends: Date }>(
      `SELECT starts_at AS starts, ends_at AS ends FROM subscription_periods WHERE user_id = $1 AND starts_at >= $2 ORDER BY 1`,
      [user, began],
    );
    expect(rows.length).toBeGreaterThanOrEqual(13);
    // Postgres keeps microseconds, a Date milliseconds: compared to the second.
    const seconds = (date: Date | undefined) => Math.floor((date?.getTime() ?? 0) / 1000);
    for (const [n, row] of rows.entries()) {
      expect(Math.abs(seconds(row.starts) - seconds(monthOf(began, n)))).toBeLessThanOrEqual(1);
      expect(seconds(row.ends)).toBe(seconds(rows[n + 1]?.starts ?? row.ends));
    }
  });
});
