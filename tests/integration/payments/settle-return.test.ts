import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AccountActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { applyFinding } from '#lib/payments/check/apply-finding.ts';
import { askAgain } from '#lib/payments/check/ask-again.ts';
import { reconcilePayments } from '#lib/payments/check/reconcile-payments.ts';
import { settleReturn } from '#lib/payments/check/settle-return.ts';
import { claimCheck } from '#lib/payments/check/store.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { must } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import {
  agePayment,
  begin,
  clientOf,
  comeBack,
  eventsOf,
  gatewayUnderTest,
  isZibal,
  newBuyer,
  noticesOf,
  stored,
  useShop,
} from '#tests/support/payments.ts';

const shop = useShop();

const stateOf = async (buyer: AccountActor, id: string) => must(await findPayment(buyer, id)).state;

describe('coming back from the bank', () => {
  test.each([
    ['user', 'basic', '/billing/payments/'],
    ['vendor', 'vendor_pro', '/vendor/billing/payments/'],
  ] as const)('having paid gives a %s the plan, once', async (kind, plan, page) => {
    const buyer = await newBuyer(kind);
    const { paymentId, authority } = await begin(shop(), buyer, plan);
    await shop().server.pay(authority);
    expect(await stateOf(buyer, paymentId)).toBe('waiting');
    expect(await comeBack(shop(), authority)).toBe(`${page}${paymentId}`);
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'completed',
      ref: expect.stringMatching(/^\d{9,}$/),
      attention: null,
      periods: 1,
      nextCheck: true,
    });
    expect(must(await findPayment(buyer, paymentId))).toMatchObject({
      state: 'paid',
      cardNumber: '999999******9999',
      startsAt: expect.any(Date),
      payUrl: null,
    });
    expect(await eventsOf(shop(), paymentId)).toEqual(['payment.create', 'payment.complete']);
    expect(await noticesOf(shop(), buyer)).toEqual(['payment.complete']);
    const verified = await shop().server.count('verify', authority);
    // Again, late, and saying the opposite: nothing happens and the gateway is not asked.
    expect(await comeBack(shop(), authority)).toBe(`${page}${paymentId}`);
    expect(await comeBack(shop(), authority, 'NOK')).toBe(`${page}${paymentId}`);
    expect(await shop().server.count('verify', authority)).toBe(verified);
    expect(await eventsOf(shop(), paymentId)).toHaveLength(2);
    await expectInvariants(shop().database);
  });

  test('fifty times at once, beside the reconciler and the person asking, has one effect', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    const all = await Promise.all([
      ...Array.from({ length: 50 }, (_, index) =>
        comeBack(shop(), authority, index % 5 === 4 ? 'NOK' : 'OK'),
      ),
      reconcilePayments(shop().gateways),
      reconcilePayments(shop().gateways),
      askAgain(buyer, paymentId, shop().gateways),
    ]);
    expect(new Set(all.slice(0, 50))).toEqual(new Set([`/billing/payments/${paymentId}`]));
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
    expect(await eventsOf(shop(), paymentId)).toEqual(['payment.create', 'payment.complete']);
    expect(await noticesOf(shop(), buyer)).toEqual(['payment.complete']);
    // One asks for all of them; one that came while it asked may ask once more.
    expect(await shop().server.count('verify', authority)).toBeLessThanOrEqual(3);
    await expectInvariants(shop().database);
  });

  test('again and again with nothing paid has the gateway asked every three seconds, and paid meanwhile is seen', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    for (let turn = 0; turn < 2; turn += 1) {
      await Promise.all(Array.from({ length: 30 }, () => comeBack(shop(), authority)));
    }
    const asked = await shop().server.count('verify', authority);
    expect(asked).toBeLessThanOrEqual(4);
    await shop().server.pay(authority);
    await comeBack(shop(), authority);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });

  test('with an answer that was lost after it was given, still has the plan at once', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    await shop().server.fault('verify', { kind: 'commitThenDrop' });
    await comeBack(shop(), authority);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });

  test('with a gateway that says 100 twice has the plan once', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    const claim = await claimCheck(db(), paymentId);
    if (!claim) throw new Error('nobody else asks');
    await shop().server.pay(authority);
    const paid = {
      kind: 'paid',
      refNumber: '4711',
      cardNumber: null,
      cardHash: null,
      feeRials: null,
    } as const;
    await Promise.all([1, 2, 3].map(() => applyFinding(claim, paid, false)));
    await applyFinding(claim, { kind: 'notPaid', session: 'FAILED' }, true);
    await applyFinding(claim, { kind: 'mismatch', of: 'amount', code: -50 }, false);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1, ref: '4711' });
    expect(await noticesOf(shop(), buyer)).toEqual(['payment.complete']);
    expect(await eventsOf(shop(), paymentId)).toEqual(['payment.create', 'payment.complete']);
  });

  test('while our own database refuses to book it is led to the page, and booked when it can be', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    const close = 'ALTER TABLE notifications ADD CONSTRAINT closed CHECK (kind IS NULL) NOT VALID';
    await shop().database.query(close);
    try {
      expect(await comeBack(shop(), authority)).toBe(`/billing/payments/${paymentId}`);
      await agePayment(shop(), paymentId, 2);
      await reconcilePayments(shop().gateways);
      // Nothing of it happened: neither the month nor the step nor the audit event.
      expect(await stored(shop(), paymentId)).toMatchObject({
        status: 'pending',
        periods: 0,
        nextCheck: true,
      });
      expect(await eventsOf(shop(), paymentId)).toEqual(['payment.create']);
      expect(await stateOf(buyer, paymentId)).toBe('checking');
    } finally {
      await shop().database.query('ALTER TABLE notifications DROP CONSTRAINT closed');
    }
    await agePayment(shop(), paymentId, 2);
    await reconcilePayments(shop().gateways);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });

  test('while the gateway is down is not known, never failed, and comes right afterwards', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    await shop().server.fault('verify', { kind: 'commitThenDrop' }, { kind: 'html502' }, { kind: 'json500' });
    await comeBack(shop(), authority);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'pending', nextCheck: true });
    expect(await stateOf(buyer, paymentId)).toBe('checking');
    await agePayment(shop(), paymentId, 2);
    await reconcilePayments(shop().gateways);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });

  test('without having paid, claiming to, buys nothing', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await comeBack(shop(), authority, 'OK');
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'pending', periods: 0 });
    expect(await stateOf(buyer, paymentId)).toBe('checking');
    // And it can still be paid.
    await shop().server.pay(authority);
    await comeBack(shop(), authority);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed' });
  });

  test('having cancelled ends it; the same words about a paid one do not', async () => {
    const buyer = await newBuyer();
    const cancelled = await begin(shop(), buyer, 'basic');
    await shop().server.pay(cancelled.authority, 'failed');
    await comeBack(shop(), cancelled.authority, 'NOK');
    expect(await stored(shop(), cancelled.paymentId)).toMatchObject({ status: 'cancelled', periods: 0 });
    expect(await eventsOf(shop(), cancelled.paymentId)).toEqual(['payment.create', 'payment.cancel']);
    expect(await noticesOf(shop(), buyer)).toEqual([]);
    const paid = await begin(shop(), buyer, 'basic');
    await shop().server.pay(paid.authority);
    await comeBack(shop(), paid.authority, 'NOK');
    expect(await stored(shop(), paid.paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });

  test('from a payment that failed at the bank says so', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority, 'failed');
    await comeBack(shop(), authority, 'OK');
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'failed', answer: 'FAILED' });
  });

  test('having paid after somebody forged a cancellation has the plan', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await comeBack(shop(), authority, 'NOK');
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'cancelled' });
    await shop().server.pay(authority);
    await comeBack(shop(), authority);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
    expect(await eventsOf(shop(), paymentId)).toEqual([
      'payment.create',
      'payment.cancel',
      'payment.complete',
    ]);
  });

  test.each(['expired', 'failed', 'cancelled'])(
    'with late money on a payment that is %s completes it',
    async (status) => {
      const buyer = await newBuyer();
      const { paymentId, authority } = await begin(shop(), buyer, 'basic');
      await shop().database.query('UPDATE payments SET status = $2 WHERE id = $1', [paymentId, status]);
      await shop().server.pay(authority);
      await comeBack(shop(), authority);
      expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
      await expectInvariants(shop().database);
    },
  );

  test("with somebody else's authority gives the plan to the account that made the payment", async () => {
    const [owner, thief] = [await newBuyer(), await newBuyer()];
    const paid = await begin(shop(), owner, 'basic');
    await shop().server.pay(paid.authority);
    // The thief's browser calls with it; who is signed in there is not even asked.
    expect(await comeBack(shop(), paid.authority)).toBe(`/billing/payments/${paid.paymentId}`);
    expect(await noticesOf(shop(), owner)).toEqual(['payment.complete']);
    expect(await noticesOf(shop(), thief)).toEqual([]);
    expect(await findPayment(thief, paid.paymentId)).toMatchObject({ ok: false, code: 'notFound' });
    expect(await askAgain(thief, paid.paymentId, shop().gateways)).toMatchObject({
      ok: false,
      code: 'notFound',
    });
  });

  test('with another amount at the gateway is never settled, and somebody is called', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().database.query(
      'UPDATE zarinpal_emulator.sessions SET amount = 10000, amount_irr = 10000 WHERE authority = $1',
      [authority],
    );
    await shop().server.pay(authority);
    await comeBack(shop(), authority);
    await reconcilePayments(shop().gateways);
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'failed',
      attention: 'amount_mismatch',
      periods: 0,
    });
    expect(await stateOf(buyer, paymentId)).toBe('review');
    expect(await shop().server.statusOf(authority)).toBe('PAID');
  });

  test('from a session of another merchant is never settled', async () => {
    const buyer = await newBuyer();
    const { paymentId } = await begin(shop(), buyer, 'basic');
    const foreign = await clientOf(shop().server, randomUUID()).request({
      paymentId,
      amountRials: 50_000n,
      description: 'x',
      callbackUrl: 'http://localhost/',
      mobile: null,
    });
    if (foreign.kind !== 'ready') throw new Error('no authority');
    await shop().server.pay(foreign.authority);
    await shop().database.query('UPDATE payments SET gateway_track_id = $2 WHERE id = $1', [
      paymentId,
      foreign.authority,
    ]);
    await comeBack(shop(), foreign.authority);
    // One gateway says whose it is, the other that it knows none.
    expect(await stored(shop(), paymentId)).toMatchObject({
      attention: isZibal ? 'unknown_authority' : 'foreign_session',
      periods: 0,
    });
    expect(await stateOf(buyer, paymentId)).toBe('review');
  });

  test('with a receipt number that another payment has calls somebody', async () => {
    const [first, second] = [await newBuyer(), await newBuyer()];
    const one = await begin(shop(), first, 'basic');
    const two = await begin(shop(), second, 'basic');
    for (const { authority } of [one, two]) await shop().server.pay(authority);
    await shop().database.query(
      'UPDATE zarinpal_emulator.sessions SET ref_id = 777 WHERE authority = ANY ($1)',
      [[one.authority, two.authority]],
    );
    for (const { authority } of [one, two]) await comeBack(shop(), authority);
    expect(await stored(shop(), one.paymentId)).toMatchObject({ status: 'completed', attention: null });
    expect(await stored(shop(), two.paymentId)).toMatchObject({
      status: 'completed',
      attention: 'ref_repeated',
    });
  });
});

describe('what is called with nonsense', () => {
  test.each([
    [''],
    ['success=1&status=2&trackId=&orderId='],
    ['success=1&status=2&trackId=3714'],
    ['success=1&status=2&trackId=37140000099'],
    ['success=1&status=2&trackId=3714000001&trackId=3714000002'],
    ['Authority=&Status=OK'],
    ['Authority=A000&Status=OK'],
    [`Authority=A${'0'.repeat(35)}&Status=OK`],
    [`Authority=A${'0'.repeat(34)}'&Status=OK`],
    [`Authority=S${'1'.repeat(35)}&Authority=S${'2'.repeat(35)}&Status=OK`],
  ])('leads to a neutral page: %s', async (query) => {
    const path = await settleReturn(gatewayUnderTest, new URLSearchParams(query), shop().gateways);
    expect(path).toBe('/plans?payment=unknown');
  });

  test('is understood in any letters, and without a status', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    const query = isZibal ? `TRACKID=${authority}&SUCCESS=what` : `authority=${authority}&STATUS=what`;
    const path = await settleReturn(gatewayUnderTest, new URLSearchParams(query), shop().gateways);
    expect(path).toBe(`/billing/payments/${paymentId}`);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed' });
  });
});
