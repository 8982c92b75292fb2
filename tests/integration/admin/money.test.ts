import { describe, expect, test } from 'vitest';
import { reconcileNow } from '#lib/admin/payment/reconcile-now.ts';
import { listPaymentsOfAll, readPaymentSearch } from '#lib/admin/payment/search-payments.ts';
import { listAnyPlans } from '#lib/admin/plan/store.ts';
import { planMark, updatePlan } from '#lib/admin/plan/update-plan.ts';
import { db } from '#lib/db/client.ts';
import { invariants } from '#lib/db/invariants.ts';
import { checkInvariants } from '#lib/operations/invariant/check-invariants.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { newAdmin, reason, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { begin, buyPlan, newBuyer, stored, useShop } from '#tests/support/payments.ts';

const shop = useShop();

describe('the state of the money', () => {
  test('is green when every invariant holds, and red with the row that breaks one', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    expect((await checkInvariants()).map(({ state }) => state)).toEqual(invariants.map(() => 'holds'));
    const userId = buyer.kind === 'user' ? buyer.userId : '';
    await shop().database.query('UPDATE users SET free_quota_remaining = 7 WHERE id = $1', [userId]);
    const checked = await checkInvariants();
    const broken = checked.filter(({ state }) => state === 'broken');
    expect(broken).toEqual([
      expect.objectContaining({
        key: 'freeConversions',
        count: 1,
        rows: [expect.objectContaining({ id: userId, free_quota_remaining: '7' })],
      }),
    ]);
    await shop().database.query('UPDATE users SET free_quota_remaining = 2 WHERE id = $1', [userId]);
  });

  test('says so when a question was not answered in time, and calls nothing wrong', async () => {
    const client = await shop().database.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE albums IN ACCESS EXCLUSIVE MODE');
    const checked = await checkInvariants(300);
    await client.query('ROLLBACK');
    expect(checked.find(({ key }) => key === 'albumCounts')).toMatchObject({ state: 'late', count: 0 });
    expect(checked.filter(({ state }) => state === 'broken')).toEqual([]);
  });
});

test('reconciling settles what was paid while nobody came back, and says why it was run', async () => {
  const admin = await newAdmin();
  const { paymentId, authority } = await begin(shop(), await newBuyer(), 'basic');
  await shop().server.pay(authority);
  const done = must(await reconcileNow(admin, shop().gateway));
  expect(done.paid).toBe(1);
  expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  expect((await toldOf(shop().database, admin)).at(-1)).toMatchObject({
    action: 'payment.reconcile',
    metadata: { paid: 1, reason },
  });
});

test('a refund by two administrators at once gives the money back once, in the name of one', async () => {
  const admins = [await newAdmin(), await newAdmin()];
  const paymentId = await buyPlan(shop(), await newBuyer(), 'advanced');
  const refunds = await Promise.all(
    admins.map((admin) => refundPayment(admin, { paymentId, reason: admin.reason }, shop().gateway)),
  );
  expect(refunds.every(({ ok }) => ok)).toBe(true);
  const [row] = await shop().database.query<{ by: string; n: number }>(
    'SELECT requested_by AS by, (SELECT count(*)::int FROM payment_refunds WHERE payment_id = $1) AS n FROM payment_refunds WHERE payment_id = $1',
    [paymentId],
  );
  expect(row?.n).toBe(1);
  expect(admins.map(({ userId }) => userId)).toContain(row?.by);
  const told = await Promise.all(admins.map((admin) => toldOf(shop().database, admin)));
  expect(told.flat().filter(({ action }) => action === 'refund.create')).toHaveLength(1);
});

test('payments are found by number, authority, receipt and id, and only then', async () => {
  const buyer = await newBuyer('vendor');
  const paymentId = await buyPlan(shop(), buyer, 'vendor_pro');
  const [row] = await shop().database.query<{ phone: string; authority: string; ref: string }>(
    `SELECT v.phone, p.gateway_track_id AS authority, p.gateway_ref_number AS ref
     FROM payments p JOIN vendors v ON v.id = p.vendor_id WHERE p.id = $1`,
    [paymentId],
  );
  for (const typed of [row?.phone, row?.authority, row?.ref, paymentId]) {
    const found = await listPaymentsOfAll(readPaymentSearch(typed ?? ''));
    expect(
      found.items.map(({ id }) => id),
      typed,
    ).toEqual([paymentId]);
  }
  expect((await listPaymentsOfAll(readPaymentSearch('A000'))).items).toEqual([]);
});

describe('changing a plan', () => {
  const planOf = async (name: string) => {
    const plan = (await listAnyPlans(db())).find((one) => one.name === name);
    if (!plan) throw new Error(`no plan ${name}`);
    const {
      displayName,
      description,
      pricePerMonthCents,
      monthlyConversionsLimit,
      monthlyImagesLimit,
      isActive,
    } = plan;
    const change = {
      displayName,
      description,
      pricePerMonthCents,
      monthlyConversionsLimit,
      monthlyImagesLimit,
      isActive,
    };
    return { id: plan.id, before: planMark(plan), change };
  };

  test('leaves what was bought as it was', async () => {
    const admin = await newAdmin();
    const paymentId = await buyPlan(shop(), await newBuyer(), 'basic');
    const { change, ...plan } = await planOf('basic');
    const dearer = { ...change, pricePerMonthCents: 900_000n, monthlyConversionsLimit: 33 };
    must(await updatePlan(admin, { ...plan, change: dearer }));
    const [period] = await shop().database.query(
      'SELECT s.conversions_limit AS limit, p.amount FROM subscription_periods s JOIN payments p ON p.id = s.payment_id WHERE p.id = $1',
      [paymentId],
    );
    expect(period).toEqual({
      limit: change.monthlyConversionsLimit,
      amount: String(change.pricePerMonthCents),
    });
    expect((await toldOf(shop().database, admin)).at(-1)).toMatchObject({
      action: 'plan.update',
      metadata: { plan: 'basic', before: plan.before, reason },
    });
    const again = await planOf('basic');
    must(await updatePlan(admin, { ...again, change }));
  });

  test('by two who looked at the same one happens once', async () => {
    const admins = [await newAdmin(), await newAdmin()];
    const { change, ...plan } = await planOf('advanced');
    const answers = await Promise.all(
      admins.map((admin, number) =>
        updatePlan(admin, { ...plan, change: { ...change, displayName: `Name ${number}` } }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'state.illegal' });
  });

  test('gives a free plan no price, takes none from a paid one, and keeps the free one offered', async () => {
    const admin = await newAdmin();
    const free = await planOf('free');
    const paid = await planOf('vendor_pro');
    for (const [plan, wrong] of [
      [free, { pricePerMonthCents: 10n }],
      [free, { isActive: false }],
      [paid, { pricePerMonthCents: 0n }],
    ] as const) {
      const answer = await updatePlan(admin, { ...plan, change: { ...plan.change, ...wrong } });
      expect(answer).toMatchObject({ ok: false, code: 'state.illegal' });
    }
  });
});
