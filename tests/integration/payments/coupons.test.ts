import { describe, expect, test } from 'vitest';
import { createCoupon } from '#lib/admin/coupon/create-coupon.ts';
import { createPlan } from '#lib/admin/plan/create-plan.ts';
import { accountOf } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { redeemGift } from '#lib/payments/coupon/redeem-gift.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { quotePlan } from '#lib/payments/plan/quote-plan.ts';
import { receiptRows } from '#lib/payments/receipt/rows.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { startPayment } from '#lib/payments/start-payment.ts';
import { findQuota } from '#lib/quota/store.ts';
import { newAdmin } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import {
  authorityOf,
  buyPlan,
  comeBack,
  eventsOf,
  newBuyer,
  noticesOf,
  stored,
  useShop,
} from '#tests/support/payments.ts';

const shop = useShop();

const plain = {
  code: null,
  kind: 'percent',
  value: 20n,
  planName: null,
  audience: null,
  perPerson: 1,
  useLimit: null,
  startsAt: null,
  endsAt: null,
} as const;
const codeOf = async (more: Partial<Parameters<typeof createCoupon>[1]> = {}) =>
  must(await createCoupon(await newAdmin(), { ...plain, ...more })).code;

type Buyer = Awaited<ReturnType<typeof newBuyer>>;
const quote = (buyer: Buyer, plan: string, code: string) => quotePlan(db(), accountOf(buyer), plan, code);

async function begin(buyer: Buyer, plan: string, code: string) {
  const { payableRials } = must(await quote(buyer, plan, code));
  return startPayment(buyer, { plan, locale: 'fa', payableRials, code }, shop().gateways);
}

describe('a discount code at the checkout', () => {
  test('takes a share off, is frozen on the payment, and stands on the receipt', async () => {
    const buyer = await newBuyer();
    const code = await codeOf();
    expect(must(await quote(buyer, 'advanced', code))).toMatchObject({
      priceRials: 150_000n,
      discountRials: 30_000n,
      payableRials: 120_000n,
      coupon: { code },
    });
    const started = must(await begin(buyer, 'advanced', code));
    // The same click again is the same payment, and the same use.
    expect(must(await begin(buyer, 'advanced', code))).toEqual(started);
    await shop().server.pay(authorityOf(started));
    await comeBack(shop(), authorityOf(started));
    const view = must(await findPayment(buyer, started.paymentId));
    expect(view).toMatchObject({
      state: 'paid',
      amountRials: 120_000n,
      discountRials: 30_000n,
      priceRials: 150_000n,
    });
    const rows = receiptRows(view, 'en');
    expect(rows.find(({ name }) => name === 'discount')?.value).toBe('3,000 Toman');
    expect(rows.find(({ name }) => name === 'plan')?.value).toBe('Advanced');
    expect(await quote(buyer, 'advanced', code)).toMatchObject({ code: 'coupon.mine' });
    await expectInvariants(shop().database);
  });

  test('of 32 who press at once lets as many pay less as it has uses', async () => {
    const code = await codeOf({ useLimit: 3 });
    const buyers = await Promise.all(Array.from({ length: 32 }, () => newBuyer()));
    const answers = await Promise.all(
      buyers.map((buyer) =>
        startPayment(buyer, { plan: 'basic', locale: 'fa', payableRials: 40_000n, code }, shop().gateways),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.code]));
    expect(new Set(refused)).toEqual(new Set(['coupon.over']));
    await expectInvariants(shop().database);
  });

  test('leaves what the gateway takes at least', async () => {
    const code = await codeOf({ kind: 'amount', value: 45_000n });
    expect(must(await quote(await newBuyer(), 'basic', code))).toMatchObject({
      discountRials: 40_000n,
      payableRials: 10_000n,
    });
  });

  test('of everything starts the plan without the gateway', async () => {
    const buyer = await newBuyer();
    const code = await codeOf({ value: 100n, planName: 'basic' });
    const before = await shop().server.count('request');
    const started = must(await begin(buyer, 'basic', code));
    expect(started.payUrl).toBe(`/billing/payments/${started.paymentId}`);
    expect(await shop().server.count('request')).toBe(before);
    // Pressed again, also by many at once, it finds what was made: the code is used up by it.
    const again = { plan: 'basic', locale: 'en', payableRials: 0n, code } as const;
    const more = await Promise.all([1, 2, 3].map(() => startPayment(buyer, again, shop().gateways)));
    for (const one of more) {
      const { paymentId } = started;
      expect(one).toMatchObject({
        ok: true,
        value: { paymentId, payUrl: `/en/billing/payments/${paymentId}` },
      });
    }
    // Another plan with it is another purchase, and refused.
    expect(await startPayment(await newBuyer('vendor'), again, shop().gateways)).toMatchObject({ ok: false });
    expect(await stored(shop(), started.paymentId)).toMatchObject({ status: 'completed', periods: 1 });
    expect(await eventsOf(shop(), started.paymentId)).toEqual(['payment.create', 'payment.complete']);
    expect(await noticesOf(shop(), buyer)).toEqual(['payment.complete']);
    expect(must(await findPayment(buyer, started.paymentId))).toMatchObject({
      state: 'paid',
      isByCode: true,
      amountRials: 0n,
      discountRials: 50_000n,
    });
    // Nothing was paid, so nothing can be given back.
    expect(
      await refundPayment(
        await newAdmin(),
        { paymentId: started.paymentId, reason: 'asked' },
        shop().gateways,
      ),
    ).toMatchObject({
      code: 'payment.nothingPaid',
    });
    // What cost nothing is worth nothing off a larger plan.
    expect(must(await quotePlan(db(), accountOf(buyer), 'advanced'))).toMatchObject({ creditRials: 0n });
    await expectInvariants(shop().database);
  });

  test('goes with a credit, off what that leaves', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    const code = await codeOf({ value: 50n });
    const whole = must(await quotePlan(db(), accountOf(buyer), 'advanced'));
    const reduced = must(await quote(buyer, 'advanced', code));
    expect(reduced.creditRials).toBe(whole.creditRials);
    expect(reduced.payableRials).toBe(whole.payableRials - reduced.discountRials);
    const started = must(await begin(buyer, 'advanced', code));
    await shop().server.pay(authorityOf(started));
    await comeBack(shop(), authorityOf(started));
    expect(await stored(shop(), started.paymentId)).toMatchObject({ status: 'completed', attention: null });
    await expectInvariants(shop().database);
  });

  test('is refused with its reason, and nothing is begun', async () => {
    const buyer = await newBuyer();
    expect(await quote(buyer, 'basic', 'NOSUCHCODE')).toMatchObject({ code: 'coupon.unknown' });
    expect(await quote(buyer, 'basic', await codeOf({ planName: 'advanced' }))).toMatchObject({
      code: 'coupon.unfit',
    });
    expect(await quote(buyer, 'basic', await codeOf({ audience: 'vendor' }))).toMatchObject({
      code: 'coupon.unfit',
    });
    const gone = await codeOf();
    await shop().database.query('UPDATE coupons SET retired_at = now() WHERE code = $1', [gone]);
    expect(
      await startPayment(
        buyer,
        { plan: 'basic', locale: 'fa', payableRials: 40_000n, code: gone },
        shop().gateways,
      ),
    ).toMatchObject({ code: 'coupon.unknown' });
  });
});

test('a gift code adds conversions once', async () => {
  const buyer = await newBuyer();
  const code = await codeOf({ kind: 'gift', value: 5n, audience: 'user', useLimit: 3 });
  expect(must(await redeemGift(buyer, code))).toEqual({ given: 5 });
  expect(await redeemGift(buyer, code)).toMatchObject({ code: 'coupon.mine' });
  expect(await redeemGift(buyer, 'NOSUCHCODE')).toMatchObject({ code: 'coupon.unknown' });
  expect(await findQuota(null, accountOf(buyer).accountId)).toMatchObject({ freeRemaining: 7 });
  expect(await quote(buyer, 'basic', code)).toMatchObject({ code: 'coupon.unfit' });
});

test('a code that does not fit its kind is not made', async () => {
  const admin = await newAdmin();
  for (const [wrong, field] of [
    [{ value: 101n }, 'value'],
    [{ kind: 'gift', value: 5n, useLimit: 3 }, 'audience'],
    [{ kind: 'gift', value: 5n, audience: 'user' }, 'useLimit'],
    [{ endsAt: new Date(Date.now() - 1) }, 'endsOn'],
    [{ planName: 'nothing' }, 'planName'],
    [{ planName: 'vendor_pro', audience: 'user' }, 'planName'],
  ] as const) {
    const answer = await createCoupon(admin, { ...plain, ...wrong });
    expect(answer, field).toMatchObject({ ok: false, fields: { [field]: expect.any(String) } });
  }
  const code = await codeOf();
  expect(await createCoupon(admin, { ...plain, code })).toMatchObject({
    fields: { code: 'admin.coupons.taken' },
  });
});

test('a pack is bought like a plan, adds what does not lapse, and takes back what is left', async () => {
  const admin = await newAdmin();
  must(
    await createPlan(admin, {
      name: 'ten',
      audience: 'user',
      term: 'once',
      nameFa: 'ده‌تایی',
      nameEn: 'Ten',
      descriptionFa: null,
      descriptionEn: null,
      priceRials: 200_000n,
      conversionsLimit: 10,
      imagesLimit: 0,
      isActive: true,
    }),
  );
  const buyer = await newBuyer();
  const { accountId } = accountOf(buyer);
  await buyPlan(shop(), buyer, 'basic');
  expect(must(await quotePlan(db(), accountOf(buyer), 'ten'))).toMatchObject({ kind: 'pack', month: null });
  const payment = await buyPlan(shop(), buyer, 'ten');
  expect(await findQuota(null, accountId)).toMatchObject({
    freeRemaining: 12,
    planName: 'basic',
    paidLimit: 20,
  });
  const rows = receiptRows(must(await findPayment(buyer, payment)), 'fa');
  expect(rows.find(({ name }) => name === 'packConversions')?.value).toBe('۱۰');
  expect(rows.find(({ name }) => name === 'period')).toBeUndefined();
  must(await refundPayment(admin, { paymentId: payment, reason: 'asked' }, shop().gateways));
  expect(await findQuota(null, accountId)).toMatchObject({ freeRemaining: 2, planName: 'basic' });
  await expectInvariants(shop().database);
});
