import { describe, expect, test } from 'vitest';
import { accountOf } from '#lib/core/actor.ts';
import { startPayment } from '#lib/payments/start-payment.ts';
import { must } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import {
  agePayment,
  authorityOf,
  begin,
  buyPlan,
  comeBack,
  eventsOf,
  gatewayUnderTest,
  newBuyer,
  quoteOf,
  stored,
  useShop,
} from '#tests/support/payments.ts';

const shop = useShop();
const wanted = { plan: 'basic', locale: 'fa', payableRials: 50_000n } as const;

describe('beginning to buy', () => {
  test('freezes what is bought and says where to pay', async () => {
    const buyer = await newBuyer();
    const started = must(await startPayment(buyer, { ...wanted, locale: 'en' }, shop().gateways));
    const [row] = await shop().database.query('SELECT * FROM payments WHERE id = $1', [started.paymentId]);
    expect(row).toMatchObject({
      status: 'pending',
      amount: '50000',
      currency: 'IRR',
      kind: 'new',
      credit: '0',
      conversions_limit: 20,
      images_limit: 50,
      gateway_track_id: authorityOf(started),
      gateway: gatewayUnderTest,
      callback_url: `http://localhost:3000/api/payments/${gatewayUnderTest}/callback`,
      return_url: `/en/billing/payments/${started.paymentId}`,
    });
    expect(await shop().server.control('GET', `sessions/${authorityOf(started)}`)).toMatchObject({
      amountIrr: '50000',
      metadata: { order_id: started.paymentId, mobile: expect.stringMatching(/^09\d{9}$/) },
    });
    expect(await eventsOf(shop(), started.paymentId)).toEqual(['payment.create']);
  });

  test('leads a vendor back to its own pages', async () => {
    const buyer = await newBuyer('vendor');
    const { paymentId } = await begin(shop(), buyer, 'vendor_pro');
    const [row] = await shop().database.query('SELECT return_url, vendor_id FROM payments WHERE id = $1', [
      paymentId,
    ]);
    expect(row).toEqual({
      return_url: `/vendor/billing/payments/${paymentId}`,
      vendor_id: accountOf(buyer).accountId,
    });
  });

  test('clicked many times at once is one payment and one session', async () => {
    const buyer = await newBuyer();
    const before = await shop().server.count('request');
    const all = await Promise.all(
      Array.from({ length: 8 }, () => startPayment(buyer, wanted, shop().gateways)),
    );
    expect(new Set(all.map((one) => must(one).payUrl)).size).toBe(1);
    expect(await shop().server.count('request')).toBe(before + 1);
    const rows = await shop().database.query('SELECT 1 FROM payments WHERE user_id = $1', [
      accountOf(buyer).accountId,
    ]);
    expect(rows).toHaveLength(1);
  });

  test('again after a while, or in another language, goes on with what waits', async () => {
    const buyer = await newBuyer();
    const first = await begin(shop(), buyer, 'basic');
    const second = must(await startPayment(buyer, { ...wanted, locale: 'en' }, shop().gateways));
    expect(second).toEqual({ paymentId: first.paymentId, payUrl: first.payUrl });
    const [row] = await shop().database.query('SELECT return_url FROM payments WHERE id = $1', [
      first.paymentId,
    ]);
    expect(row).toEqual({ return_url: `/en/billing/payments/${first.paymentId}` });
    await agePayment(shop(), first.paymentId, 11);
    expect((await begin(shop(), buyer, 'basic')).paymentId).not.toBe(first.paymentId);
  });

  test('of another plan is another payment', async () => {
    const buyer = await newBuyer();
    const first = await begin(shop(), buyer, 'basic');
    expect((await begin(shop(), buyer, 'advanced')).paymentId).not.toBe(first.paymentId);
  });

  test.each(['html502', 'json500', 'hang', 'reset', 'invalidJson', 'commitThenDrop'])(
    'with a gateway that fails (%s) says so, and nothing can be paid',
    async (kind) => {
      const buyer = await newBuyer();
      await shop().server.fault('request', { kind });
      expect(await startPayment(buyer, wanted, shop().gateways)).toMatchObject({
        ok: false,
        code: 'payment.gatewayDown',
      });
      const [row] = await shop().database.query<{ id: string; status: string; gateway_track_id: null }>(
        'SELECT id, status, gateway_track_id FROM payments WHERE user_id = $1',
        [accountOf(buyer).accountId],
      );
      expect(row).toMatchObject({ status: 'failed', gateway_track_id: null });
      expect(await eventsOf(shop(), row?.id ?? '')).toEqual(['payment.create', 'payment.fail']);
      // The next click begins anew.
      expect(await begin(shop(), buyer, 'basic')).toBeTruthy();
    },
  );

  test('after the process of the first click died is answered with another payment, not with a gateway that is down', async () => {
    const buyer = await newBuyer();
    const first = await begin(shop(), buyer, 'basic');
    // It died before it heard of an authority, eleven seconds ago: a click may still be under way then.
    await shop().database.query(
      `UPDATE payments SET gateway_track_id = NULL, next_check_at = NULL, created_at = clock_timestamp() - interval '11 seconds'
       WHERE id = $1`,
      [first.paymentId],
    );
    const again = await Promise.all([
      startPayment(buyer, wanted, shop().gateways),
      startPayment(buyer, wanted, shop().gateways),
    ]);
    const [one, other] = again.map(must);
    expect(one?.paymentId).toBe(other?.paymentId);
    expect(one?.paymentId).not.toBe(first.paymentId);
    expect(await stored(shop(), first.paymentId)).toMatchObject({
      status: 'failed',
      answer: 'never handed over',
    });
    await expectInvariants(shop().database);
  });

  test('that the gateway refuses says so too', async () => {
    await shop().server.fault('request', { kind: 'code', code: -11 });
    expect(await startPayment(await newBuyer(), wanted, shop().gateways)).toMatchObject({
      code: 'payment.gatewayDown',
    });
  });

  test('for another amount than was shown buys nothing', async () => {
    const buyer = await newBuyer();
    const cheap = await startPayment(buyer, { ...wanted, payableRials: 10_000n }, shop().gateways);
    expect(cheap).toMatchObject({ ok: false, code: 'payment.quoteChanged' });
    const rows = await shop().database.query('SELECT 1 FROM payments WHERE user_id = $1', [
      accountOf(buyer).accountId,
    ]);
    expect(rows).toEqual([]);
  });

  test.each([
    ['user', 'vendor_pro', 'payment.notForSale'],
    ['vendor', 'basic', 'payment.notForSale'],
    ['user', 'free', 'payment.notForSale'],
    ['user', 'nothing', 'notFound'],
  ] as const)('by a %s of the plan %s is refused', async (kind, plan, code) => {
    const request = { ...wanted, plan };
    expect(await startPayment(await newBuyer(kind), request, shop().gateways)).toMatchObject({
      ok: false,
      code,
    });
  });

  test('by a suspended account is refused', async () => {
    const buyer = await newBuyer();
    await shop().database.query('UPDATE users SET is_active = false WHERE id = $1', [
      accountOf(buyer).accountId,
    ]);
    expect(await startPayment(buyer, wanted, shop().gateways)).toMatchObject({ code: 'account.inactive' });
  });

  test('of a plan that is no longer sold is refused', async () => {
    await shop().database.query("UPDATE payment_plans SET is_active = false WHERE name = 'advanced'");
    try {
      const request = { ...wanted, plan: 'advanced' };
      expect(await startPayment(await newBuyer(), request, shop().gateways)).toMatchObject({
        code: 'notFound',
      });
    } finally {
      await shop().database.query("UPDATE payment_plans SET is_active = true WHERE name = 'advanced'");
    }
  });
});

describe('a change of price', () => {
  test('alters nothing that was begun or bought', async () => {
    const buyer = await newBuyer();
    const bought = await buyPlan(shop(), buyer, 'basic');
    const other = await newBuyer();
    const begun = await begin(shop(), other, 'basic');
    const change = (price: number, conversions: number) =>
      shop().database.query(
        `UPDATE payment_plans SET price_per_month_cents = $1, monthly_conversions_limit = $2 WHERE name = 'basic'`,
        [price, conversions],
      );
    await change(90_000, 5);
    try {
      expect(await quoteOf(other, 'basic')).toMatchObject({ payableRials: 90_000n });
      // What was shown before is not sold any more, at neither price without asking.
      expect(await startPayment(await newBuyer(), wanted, shop().gateways)).toMatchObject({
        code: 'payment.quoteChanged',
      });
      await shop().server.pay(begun.authority);
      await comeBack(shop(), begun.authority);
      expect(await stored(shop(), begun.paymentId)).toMatchObject({ status: 'completed', attention: null });
      const rows = await shop().database.query(
        `SELECT p.amount::int, s.conversions_limit FROM payments p JOIN subscription_periods s ON s.payment_id = p.id
         WHERE p.id = ANY ($1)`,
        [[bought, begun.paymentId]],
      );
      expect(rows).toEqual([
        { amount: 50_000, conversions_limit: 20 },
        { amount: 50_000, conversions_limit: 20 },
      ]);
    } finally {
      await change(50_000, 20);
    }
  });
});
