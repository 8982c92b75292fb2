import { describe, expect, test } from 'vitest';
import { reconcileNow } from '#lib/admin/payment/reconcile-now.ts';
import { listPaymentsOfAll, readPaymentFilter } from '#lib/admin/payment/search-payments.ts';
import { createPlan } from '#lib/admin/plan/create-plan.ts';
import { applyPrices, dropPrice, setPrice } from '#lib/admin/plan/set-price.ts';
import { listAnyPlans } from '#lib/admin/plan/store.ts';
import { planMark, updatePlan } from '#lib/admin/plan/update-plan.ts';
import { db } from '#lib/db/client.ts';
import { invariants } from '#lib/db/invariants.ts';
import { checkInvariants } from '#lib/operations/invariant/check-invariants.ts';
import { listPlansPage } from '#lib/payments/queries.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { newAdmin, reason, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { begin, buyPlan, newBuyer, quoteOf, stored, useShop } from '#tests/support/payments.ts';

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
  const done = must(await reconcileNow(admin, shop().gateways));
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
    admins.map((admin) => refundPayment(admin, { paymentId, reason: admin.reason }, shop().gateways)),
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
    const found = await listPaymentsOfAll(readPaymentFilter({ q: typed ?? '' }));
    expect(
      found.items.map(({ id }) => id),
      typed,
    ).toEqual([paymentId]);
  }
  expect((await listPaymentsOfAll(readPaymentFilter({ q: 'A000' }))).items).toEqual([]);
});

describe('a plan', () => {
  const pack = {
    nameFa: 'بستهٔ ده‌تایی',
    nameEn: 'Ten',
    descriptionFa: null,
    descriptionEn: null,
    priceRials: 200_000n,
    conversionsLimit: 10,
    imagesLimit: 0,
    isActive: true,
    audience: 'user',
    term: 'once',
  } as const;

  test('that is made is offered, once under each name, and retired by not being offered', async () => {
    const admin = await newAdmin();
    must(await createPlan(admin, { ...pack, name: 'ten' }));
    expect((await listPlansPage()).user.find(({ name }) => name === 'ten')).toMatchObject({ isPack: true });
    expect(await createPlan(admin, { ...pack, name: 'ten' })).toMatchObject({
      fields: { name: 'admin.plan.shortTaken' },
    });
    expect(await createPlan(admin, { ...pack, name: 'both', imagesLimit: 5 })).toMatchObject({
      fields: { conversions: 'admin.plan.pack.user' },
    });
    const made = (await listAnyPlans(db())).find(({ name }) => name === 'ten');
    if (!made) throw new Error('no pack');
    const { id, name: _name, audience: _audience, isPack: _isPack, ...change } = made;
    must(await updatePlan(admin, { id, before: planMark(made), change: { ...change, isActive: false } }));
    expect((await listPlansPage()).user.find(({ name }) => name === 'ten')).toBeUndefined();
    expect((await toldOf(shop().database, admin)).map(({ action }) => action)).toEqual([
      'plan.create',
      'plan.update',
    ]);
  });

  test('costs something else from a day on, at that moment and not before', async () => {
    const admin = await newAdmin();
    must(await createPlan(admin, { ...pack, name: 'dated', term: 'month' }));
    const [plan] = (await listAnyPlans(db())).filter(({ name }) => name === 'dated');
    const id = plan?.id ?? '';
    const soon = new Date(Date.now() + 3_600_000);
    const later = new Date(Date.now() + 7_200_000);
    must(await setPrice(admin, { id, startsAt: soon, priceRials: 300_000n }));
    must(await setPrice(admin, { id, startsAt: later, priceRials: 400_000n }));
    expect(await setPrice(admin, { id, startsAt: new Date(Date.now() - 1), priceRials: 1n })).toMatchObject({
      fields: { startsOn: 'admin.plan.dayPast' },
    });
    must(await dropPrice(admin, { id, startsAt: later }));
    expect(await dropPrice(admin, { id, startsAt: later })).toMatchObject({ code: 'notFound' });
    const buyer = await newBuyer();
    expect(await quoteOf(buyer, 'dated')).toMatchObject({ payableRials: 200_000n });
    await shop().database.unguarded(
      `UPDATE plan_prices SET starts_at = starts_at - interval '2 hours' WHERE plan_id = $1`,
      [id],
    );
    // What is paid does not wait for the worker, nor do visitors see another price for longer than it takes.
    expect(await quoteOf(buyer, 'dated')).toMatchObject({ payableRials: 300_000n });
    await applyPrices();
    expect((await listAnyPlans(db())).find(({ name }) => name === 'dated')?.priceRials).toBe(300_000n);
    const free = (await listAnyPlans(db())).find(({ name }) => name === 'free');
    expect(await setPrice(admin, { id: free?.id ?? '', startsAt: soon, priceRials: 50_000n })).toMatchObject({
      code: 'state.illegal',
    });
  });
});

describe('changing a plan', () => {
  const planOf = async (name: string) => {
    const plan = (await listAnyPlans(db())).find((one) => one.name === name);
    if (!plan) throw new Error(`no plan ${name}`);
    const { id: _id, name: _name, audience: _audience, isPack: _isPack, ...change } = plan;
    return { id: plan.id, before: planMark(plan), change };
  };

  test('leaves what was bought as it was', async () => {
    const admin = await newAdmin();
    const paymentId = await buyPlan(shop(), await newBuyer(), 'basic');
    const { change, ...plan } = await planOf('basic');
    const dearer = {
      ...change,
      priceRials: 900_000n,
      conversionsLimit: 33,
      nameFa: 'پایهٔ نو',
      descriptionFa: 'برای شروع',
    };
    must(await updatePlan(admin, { ...plan, change: dearer }));
    const [period] = await shop().database.query(
      'SELECT s.conversions_limit AS limit, p.amount FROM subscription_periods s JOIN payments p ON p.id = s.payment_id WHERE p.id = $1',
      [paymentId],
    );
    expect(period).toEqual({
      limit: change.conversionsLimit,
      amount: String(change.priceRials),
    });
    expect((await toldOf(shop().database, admin)).at(-1)).toMatchObject({
      action: 'plan.update',
      metadata: { plan: 'basic', before: plan.before, reason },
    });
    // What visitors read is what was written.
    const shown = (await listPlansPage()).user.find(({ name }) => name === 'basic');
    expect(shown).toMatchObject({
      priceRials: 900_000n,
      conversions: 33,
      texts: { fa: { name: 'پایهٔ نو', description: 'برای شروع' }, en: { name: 'Basic', description: null } },
    });
    const again = await planOf('basic');
    must(await updatePlan(admin, { ...again, change }));
  });

  test('by two who looked at the same one happens once', async () => {
    const admins = [await newAdmin(), await newAdmin()];
    const { change, ...plan } = await planOf('advanced');
    const answers = await Promise.all(
      admins.map((admin, number) =>
        updatePlan(admin, { ...plan, change: { ...change, nameEn: `Name ${number}` } }),
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
      [free, { priceRials: 10n }],
      [free, { isActive: false }],
      [paid, { priceRials: 0n }],
    ] as const) {
      const answer = await updatePlan(admin, { ...plan, change: { ...plan.change, ...wrong } });
      expect(answer).toMatchObject({ ok: false, code: 'state.illegal' });
    }
  });
});
