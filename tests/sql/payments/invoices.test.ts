import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import { activate, newPayment, newUser, newVendor, outcome } from '../rows.ts';

const database = useTestDatabase();

const invoicesOf = (payment: string) =>
  database().query(
    'SELECT kind, corrects, amount::int, vat_rate AS rate, vat::int, goods, seller, buyer FROM invoices WHERE payment_id = $1 ORDER BY number',
    [payment],
  );
const refund = (payment: string) =>
  database().query(
    `INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 50000)`,
    [payment],
  );

describe('invoices', () => {
  test('of 64 payments settled at once, some given back and some refused, have numbers without a gap', async () => {
    const payments = await Promise.all(
      Array.from({ length: 64 }, async () =>
        newPayment(database(), { user_id: await newUser(database()) }, 'basic'),
      ),
    );
    // Each three times, as callbacks come, and what is not there between them.
    const all = payments.flatMap((payment) => [
      payment,
      payment,
      '00000000-0000-4000-8000-000000000000',
      payment,
    ]);
    const answers = await Promise.all(all.map((payment) => outcome(activate(database(), payment))));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(192);
    await Promise.all(
      payments.slice(0, 20).flatMap((payment) => [outcome(refund(payment)), outcome(refund(payment))]),
    );
    const numbers = await database().query<{ kind: string; counted: number }>(
      'SELECT kind, count(*)::int AS counted FROM invoices GROUP BY kind ORDER BY kind',
    );
    expect(numbers).toEqual([
      { kind: 'correction', counted: 20 },
      { kind: 'sale', counted: 64 },
    ]);
    expect(
      one(await database().query('SELECT min(number)::int AS first, max(number)::int AS last FROM invoices')),
    ).toEqual({ first: 1, last: 84 });
    await expectInvariants(database());
  });

  test('say the seller and the VAT of the moment the payment was begun, and who buys', async () => {
    const vendor_id = await newVendor(database());
    const before = await newPayment(database(), { vendor_id }, 'vendor_pro', { amount: 110_000 });
    await database().query(
      `INSERT INTO book_terms (starts_at, vat_rate, seller) VALUES (clock_timestamp(), 1000, '{"name": "Seller"}'),
        (now() + interval '1 day', 1200, '{"name": "Another"}')`,
    );
    await database().query(
      `INSERT INTO buyer_details (vendor_id, name, national_code) VALUES ($1, 'Shop', '10380284790')`,
      [vendor_id],
    );
    const after = await newPayment(database(), { vendor_id }, 'vendor_pro', { amount: 110_000 });
    for (const payment of [before, after]) await activate(database(), payment);
    expect(await invoicesOf(before)).toMatchObject([{ kind: 'sale', amount: 110_000, rate: 0, vat: 0 }]);
    expect(await invoicesOf(after)).toEqual([
      {
        kind: 'sale',
        corrects: null,
        amount: 110_000,
        rate: 1000,
        vat: 10_000,
        goods: 'vendor_pro',
        seller: { name: 'Seller' },
        buyer: { name: 'Shop', nationalCode: '10380284790' },
      },
    ]);
    await refund(after);
    expect((await invoicesOf(after)).at(-1)).toMatchObject({
      kind: 'correction',
      amount: 50_000,
      vat: 4545,
      rate: 1000,
    });
    await expectInvariants(database());
  });

  test.each([
    [110_000, 1000, 10_000],
    [50_000, 1000, 4545],
    [50_005, 1000, 4546],
    [110_000, 950, 9543],
    [10_000, 0, 0],
    [1_000_000_000, 10_000, 500_000_000],
  ])('of %d Rials at %d hundredths of a per cent hold %d of VAT', async (amount, rate, vat) => {
    const rows = await database().query('SELECT vat_within($1, $2)::int AS vat', [amount, rate]);
    expect(rows).toEqual([{ vat }]);
  });

  test('stay when the account goes, and its details do not', async () => {
    const user_id = await newUser(database());
    await database().query(
      `INSERT INTO buyer_details (user_id, name, national_code) VALUES ($1, 'Person', '0013542419')`,
      [user_id],
    );
    const payment = await newPayment(database(), { user_id }, 'basic');
    await activate(database(), payment);
    const [{ number } = { number: '' }] = await database().query<{ number: string }>(
      'SELECT number FROM invoices WHERE payment_id = $1',
      [payment],
    );
    await database().query('SELECT erase_user($1, $2)', [user_id, 'hash']);
    expect(await database().query('SELECT 1 FROM buyer_details WHERE user_id = $1', [user_id])).toEqual([]);
    await database().query('DELETE FROM users WHERE id = $1', [user_id]);
    expect(await database().query('SELECT payment_id FROM invoices WHERE number = $1', [number])).toEqual([
      { payment_id: null },
    ]);
    await expectInvariants(database());
  });
});
