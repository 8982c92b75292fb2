import { describe, expect, test } from 'vitest';
import { accountOf } from '#lib/core/actor.ts';
import { describePlan } from '#lib/payments/plan/describe-plan.ts';
import { startPayment } from '#lib/payments/start-payment.ts';
import { convert, daysGoBy } from '#tests/sql/rows.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import { begin, buyPlan, comeBack, newBuyer, quoteOf, stored, useShop } from '#tests/support/payments.ts';

const shop = useShop();

const days = (from: Date, until: Date) => Math.round((until.getTime() - from.getTime()) / 86_400_000);
const pass = (count: number, accountId: string) => shop().database.query(daysGoBy(count, accountId));

describe('a quote', () => {
  test('of a first plan is its price, from now on for a month', async () => {
    const quote = await quoteOf(await newBuyer(), 'basic');
    expect(quote).toMatchObject({
      kind: 'new',
      priceRials: 50_000n,
      creditRials: 0n,
      payableRials: 50_000n,
      startsNow: true,
      credit: null,
    });
    expect(Math.abs((quote.month?.startsAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(
      days(quote.month?.startsAt ?? new Date(), quote.month?.endsAt ?? new Date()),
    ).toBeGreaterThanOrEqual(28);
  });

  test('of the same plan is a renewal that follows what is paid', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    const { current } = await describePlan(buyer);
    const quote = await quoteOf(buyer, 'basic');
    expect(quote).toMatchObject({ kind: 'renewal', payableRials: 50_000n, startsNow: false, credit: null });
    expect(quote.month?.startsAt).toEqual(current?.endsAt);
  });

  test('of a dearer plan is an upgrade now, less the rest by days or by quota, whichever is less', async () => {
    const buyer = await newBuyer();
    const { accountId } = accountOf(buyer);
    await buyPlan(shop(), buyer, 'basic');
    await pass(10, accountId);
    const byDays = await quoteOf(buyer, 'advanced');
    const credit = byDays.credit;
    if (!credit) throw new Error('no credit');
    expect(byDays).toMatchObject({ kind: 'upgrade', startsNow: true, priceRials: 150_000n });
    expect(credit).toMatchObject({
      planName: 'basic',
      paidRials: 50_000n,
      quota: 'conversions',
      quotaLeft: 20,
      quotaLimit: 20,
    });
    expect([credit.daysLeft, credit.daysTotal - 10 - credit.daysLeft]).toEqual([credit.daysTotal - 11, 1]);
    expect(credit.byQuotaRials).toBe(50_000n);
    expect(byDays.creditRials).toBe(credit.byDaysRials);
    expect(byDays.payableRials).toBe(150_000n - credit.byDaysRials);
    // Most of it used: then the quota counts.
    for (let used = 0; used < 18; used += 1) await convert(shop().database, accountId, 'paid');
    expect(await quoteOf(buyer, 'advanced')).toMatchObject({ creditRials: 5000n, payableRials: 145_000n });
  });

  test('is what is then paid, and the upgrade starts now', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    const quote = await quoteOf(buyer, 'advanced');
    const { paymentId, authority } = await begin(shop(), buyer, 'advanced');
    expect(await shop().server.control('GET', `sessions/${authority}`)).toMatchObject({
      amountIrr: String(quote.payableRials),
    });
    await shop().server.pay(authority);
    await comeBack(shop(), authority);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', attention: null });
    const plan = await describePlan(buyer);
    expect(plan.current).toMatchObject({ planName: 'advanced', conversionsLimit: 100, conversionsUsed: 0 });
    expect(plan.ahead).toEqual([]);
    // Worth its whole price afterwards, however it was paid.
    const [row] = await shop().database.query(
      'SELECT (amount + credit)::int AS value FROM payments WHERE id = $1',
      [paymentId],
    );
    expect(row).toEqual({ value: 150_000 });
    await expectInvariants(shop().database);
  });

  test('never asks for less than the gateway takes', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    await shop().database.query(
      "UPDATE payment_plans SET price_per_month_cents = 52000 WHERE name = 'advanced'",
    );
    try {
      const quote = await quoteOf(buyer, 'advanced');
      expect(quote).toMatchObject({ kind: 'upgrade', payableRials: 10_000n, creditRials: 42_000n });
      expect(quote.credit && quote.credit.creditRials > quote.creditRials).toBe(true);
    } finally {
      await shop().database.query(
        "UPDATE payment_plans SET price_per_month_cents = 150000 WHERE name = 'advanced'",
      );
    }
  });

  test('whose credit covers the price gives nothing up: it starts at the end of the month', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    const prices = (basic: number, advanced: number) =>
      shop().database.query(
        `UPDATE payment_plans SET price_per_month_cents = CASE name WHEN 'basic' THEN $1::int ELSE $2::int END
         WHERE name IN ('basic', 'advanced')`,
        [basic, advanced],
      );
    await prices(20_000, 30_000);
    try {
      const { current } = await describePlan(buyer);
      const quote = await quoteOf(buyer, 'advanced');
      expect(quote).toMatchObject({
        kind: 'downgrade',
        waitsForEnd: true,
        startsNow: false,
        payableRials: 30_000n,
        creditRials: 0n,
        replacesPeriodId: null,
      });
      expect(quote.month?.startsAt).toEqual(current?.endsAt);
      await buyPlan(shop(), buyer, 'advanced');
      const plan = await describePlan(buyer);
      expect(plan.current?.planName).toBe('basic');
      expect(plan.ahead.map(({ planName }) => planName)).toEqual(['advanced']);
    } finally {
      await prices(50_000, 150_000);
    }
  });

  test('of a cheaper plan is a downgrade at the end of what is paid', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'advanced');
    const quote = await quoteOf(buyer, 'basic');
    expect(quote).toMatchObject({
      kind: 'downgrade',
      startsNow: false,
      payableRials: 50_000n,
      waitsForEnd: false,
    });
    await buyPlan(shop(), buyer, 'basic');
    const plan = await describePlan(buyer);
    expect([plan.current?.planName, ...plan.ahead.map(({ planName }) => planName)]).toEqual([
      'advanced',
      'basic',
    ]);
    expect(plan.ahead[0]?.startsAt).toEqual(quote.month?.startsAt);
    expect(plan.ahead[0]?.endsAt).toEqual(quote.month?.endsAt);
  });

  test('that is no longer true when one pays is refused', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    const { payableRials } = await quoteOf(buyer, 'advanced');
    await pass(12, accountOf(buyer).accountId);
    expect(
      await startPayment(buyer, { plan: 'advanced', locale: 'fa', payableRials }, shop().gateways),
    ).toMatchObject({ ok: false, code: 'payment.quoteChanged' });
  });

  test('whose month ended before the money came is kept, and somebody looks at the credit', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    const { paymentId, authority } = await begin(shop(), buyer, 'advanced');
    await pass(40, accountOf(buyer).accountId);
    await shop().server.pay(authority);
    await comeBack(shop(), authority);
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'completed',
      attention: 'credit_period_over',
      periods: 1,
    });
    expect((await describePlan(buyer)).current?.planName).toBe('advanced');
  });
});
