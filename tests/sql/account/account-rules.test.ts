import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, convert, newPayment, newPhone, newUser, newVendor, outcome, upload } from '../rows.ts';

const database = useTestDatabase();
const run = (text: string, values: unknown[] = []) => outcome(database().query(text, values));

describe('audit_logs', () => {
  const write = async (columns: Record<string, string>) =>
    one(
      await database().query<{ id: string }>(
        `INSERT INTO audit_logs (${['actor_type', 'action', 'metadata', ...Object.keys(columns)].join(', ')})
         VALUES ('system', 'account.created', '{}' ${Object.values(columns)
           .map((id) => `, '${id}'`)
           .join('')}) RETURNING id`,
      ),
    ).id;

  test('refuses UPDATE, DELETE and TRUNCATE, of one row and of all', async () => {
    const id = await write({});
    expect(await run(`UPDATE audit_logs SET action = 'x' WHERE id = $1`, [id])).toBe('ST004');
    expect(await run('DELETE FROM audit_logs WHERE id = $1', [id])).toBe('ST004');
    expect(await run('DELETE FROM audit_logs')).toBe('ST004');
    // Alone, PostgreSQL itself refuses it: another table refers to this one.
    expect(await run('TRUNCATE audit_logs')).toBe('0A000');
    expect(await run('TRUNCATE audit_logs CASCADE')).toBe('ST004');
    expect(await run('TRUNCATE users CASCADE')).toBe('ST004');
    expect(await database().query('SELECT action FROM audit_logs WHERE id = $1', [id])).toEqual([
      { action: 'account.created' },
    ]);
  });

  test('does not let an event forget an account that is still there', async () => {
    const user = await newUser(database());
    const id = await write({ user_id: user });
    expect(await run('UPDATE audit_logs SET user_id = NULL WHERE id = $1', [id])).toBe('ST004');
    expect(await run('UPDATE audit_logs SET user_id = user_id WHERE id = $1', [id])).toBe('ST004');
  });

  test('keeps its rows when their account is deleted for good', async () => {
    const user = await newUser(database());
    const vendor = await newVendor(database());
    const ids = [await write({ user_id: user }), await write({ vendor_id: vendor })];
    expect(await run('DELETE FROM users WHERE id = $1', [user])).toBe('ok');
    expect(await run('DELETE FROM vendors WHERE id = $1', [vendor])).toBe('ok');
    expect(
      await database().query('SELECT user_id, vendor_id FROM audit_logs WHERE id = ANY ($1)', [ids]),
    ).toEqual([
      { user_id: null, vendor_id: null },
      { user_id: null, vendor_id: null },
    ]);
  });
});

describe('quota_grants', () => {
  const grant = (owner: Record<string, string>, resource: string, amount: number) =>
    run(
      `INSERT INTO quota_grants (${Object.keys(owner)}, resource, amount, reason) VALUES ($1, $2, $3, 'sorry')`,
      [...Object.values(owner), resource, amount],
    );
  const freeOf = async (user: string) =>
    one(
      await database().query<{ n: number }>('SELECT free_quota_remaining AS n FROM users WHERE id = $1', [
        user,
      ]),
    ).n;

  test('add to the free counter, also below what was there, never below zero', async () => {
    const user = await newUser(database());
    expect(await grant({ user_id: user }, 'conversions', 3)).toBe('ok');
    expect(await freeOf(user)).toBe(5);
    expect(await grant({ user_id: user }, 'conversions', -5)).toBe('ok');
    expect(await freeOf(user)).toBe(0);
    expect(await grant({ user_id: user }, 'conversions', -1)).toBe('23514 chk_user_free_quota');
    const vendor = await newVendor(database());
    expect(await grant({ vendor_id: vendor }, 'images', 5)).toBe('ok');
    const rows = await database().query('SELECT free_gallery_remaining AS n FROM vendors WHERE id = $1', [
      vendor,
    ]);
    expect(rows).toEqual([{ n: 15 }]);
  });

  test('are kept as they were: no rewriting, no taking away, except with their account', async () => {
    const user = await newUser(database());
    const giver = await newUser(database());
    await grant({ user_id: user }, 'conversions', 3);
    await database().query('UPDATE quota_grants SET granted_by = NULL WHERE user_id = $1', [user]);
    expect(await run('UPDATE quota_grants SET amount = 9 WHERE user_id = $1', [user])).toBe('ST004');
    expect(await run('UPDATE quota_grants SET granted_by = $2 WHERE user_id = $1', [user, giver])).toBe(
      'ST004',
    );
    expect(await run('DELETE FROM quota_grants WHERE user_id = $1', [user])).toBe('ST004');
    expect(await run('DELETE FROM users WHERE id = $1', [user])).toBe('ok');
  });
});

describe('a deleted account', () => {
  const erase = (table: string, id: string) =>
    run(`UPDATE ${table} SET phone = 'deleted:' || id, is_active = false WHERE id = $1`, [id]);

  test('stays as a shell that keeps its payments and frees its phone', async () => {
    const phone = newPhone();
    const user = await newUser(database(), { phone });
    await buy(database(), { user_id: user }, 'basic');
    expect(await erase('users', user)).toBe('ok');
    await newUser(database(), { phone });
    expect(await outcome(convert(database(), user))).toBe('ST002');
    expect(await database().query('SELECT 1 FROM payments WHERE user_id = $1', [user])).toHaveLength(1);
  });

  test('is not made while a payment is pending at the gateway', async () => {
    const user = await newUser(database());
    const payment = await newPayment(database(), { user_id: user }, 'basic');
    expect(await erase('users', user)).toBe('ST004');
    await database().query(`UPDATE payments SET status = 'cancelled' WHERE id = $1`, [payment]);
    expect(await erase('users', user)).toBe('ok');
    const vendor = await newVendor(database());
    await newPayment(database(), { vendor_id: vendor }, 'vendor_pro');
    expect(await erase('vendors', vendor)).toBe('ST004');
  });

  test('never comes back', async () => {
    const user = await newUser(database());
    await erase('users', user);
    expect(await run(`UPDATE users SET phone = $2 WHERE id = $1`, [user, newPhone()])).toBe('ST004');
    expect(await run(`UPDATE users SET is_active = true WHERE id = $1`, [user])).toBe('ST004');
  });

  test('deleted for good takes with it all that was its own, in any state', async () => {
    const user = await newUser(database());
    await upload(database(), { user_id: user });
    await buy(database(), { user_id: user }, 'basic');
    await buy(database(), { user_id: user }, 'advanced', { kind: 'upgrade', credit: 10_000 });
    await convert(database(), user);
    await upload(database(), { user_id: user });
    await database().query(
      `INSERT INTO payment_refunds (payment_id, method, amount)
       SELECT id, 'transfer', amount FROM payments WHERE user_id = $1 LIMIT 1`,
      [user],
    );
    await database().query(
      `INSERT INTO sessions (user_id, refresh_token_hash, expires_at) VALUES ($1, 'h', now())`,
      [user],
    );
    expect(await run('DELETE FROM users WHERE id = $1', [user])).toBe('ok');
    for (const table of [
      'payments',
      'subscription_periods',
      'payment_refunds',
      'user_conversions',
      'images',
    ]) {
      expect(await database().query(`SELECT 1 FROM ${table} WHERE user_id = $1`, [user]), table).toEqual([]);
    }
  });
});

test('an image keeps its owner, type and charge', async () => {
  const user = await newUser(database());
  const id = await upload(database(), { user_id: user });
  const change = (set: string) => run(`UPDATE images SET ${set} WHERE id = $1`, [id]);
  expect(await change(`user_id = '${await newUser(database())}'`)).toBe('ST004');
  expect(await change(`quota_pool = NULL, period_id = NULL`)).toBe('ST004');
  expect(await change(`type = 'result'`)).toBe('ST004');
  expect(await change(`file_name = 'b', user_id = user_id`)).toBe('ok');
});

test('updated_at moves with every change, within one transaction too', async () => {
  const user = await newUser(database());
  const changed = async () =>
    one(
      await database().query<{ updated_at: Date }>(
        `UPDATE users SET bio = 'x' WHERE id = $1 RETURNING updated_at`,
        [user],
      ),
    ).updated_at.getTime();
  const before = await changed();
  const client = await database().connect();
  await client.query('BEGIN');
  await client.query(`SELECT pg_sleep(0.01)`);
  const { rows } = await client.query(
    `UPDATE users SET bio = 'y' WHERE id = $1 RETURNING updated_at, now() AS began`,
    [user],
  );
  await client.query('COMMIT');
  expect(rows[0].updated_at.getTime()).toBeGreaterThan(before);
  expect(rows[0].updated_at.getTime()).toBeGreaterThan(rows[0].began.getTime());
});
