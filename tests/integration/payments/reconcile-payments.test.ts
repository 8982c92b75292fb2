import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { db } from '#lib/db/client.ts';
import { reconcilePayments } from '#lib/payments/check/reconcile-payments.ts';
import { claimCheck } from '#lib/payments/check/store.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { gatewaysOf } from '#lib/payments/gateway/choose-gateway.ts';
import { describePlan } from '#lib/payments/plan/describe-plan.ts';
import { must } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import {
  agePayment,
  begin,
  clientOf,
  comeBack,
  eventsOf,
  gatewayOf,
  isZibal,
  newBuyer,
  nobodyThere,
  noticesOf,
  stored,
  useShop,
} from '#tests/support/payments.ts';

const shop = useShop();
const reconcile = () => reconcilePayments(shop().gateways);
/** A gateway without a list of what was paid is asked about each payment when it is due. */
const untilAsked = async (paymentId: string) => {
  if (isZibal) await agePayment(shop(), paymentId, 45);
};

describe('the reconciler', () => {
  test('finds what was paid while the browser was closed at the bank', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    await untilAsked(paymentId);
    expect(await reconcile()).toMatchObject({ paid: 1, unknown: 0 });
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
    expect(await noticesOf(shop(), buyer)).toEqual(['payment.complete']);
    expect(await reconcile()).toMatchObject({ paid: 0 });
  });

  test('finds it by asking about it, where the gateway keeps no list', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    const refusals = Array.from({ length: 3 }, () => ({ kind: 'json500' }));
    await shop().server.fault('unVerified', ...refusals);
    await agePayment(shop(), paymentId, 2);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });

  test('only looks at what is still at the bank', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await agePayment(shop(), paymentId, 3);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'pending',
      answer: 'IN_BANK',
      nextCheck: true,
    });
    expect(await shop().server.count('verify', authority)).toBe(0);
    const asked = await shop().server.count('inquiry', authority);
    await reconcile();
    expect(await shop().server.count('inquiry', authority)).toBe(asked);
  });

  test('ends after half an hour what nobody paid, and still takes late money', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await agePayment(shop(), paymentId, 31);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'expired', nextCheck: true });
    expect(await eventsOf(shop(), paymentId)).toEqual(['payment.create', 'payment.expire']);
    await shop().server.pay(authority);
    await untilAsked(paymentId);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
    await expectInvariants(shop().database);
  });

  test('does not end what it cannot ask about', async () => {
    const buyer = await newBuyer();
    const { paymentId } = await begin(shop(), buyer, 'basic');
    await agePayment(shop(), paymentId, 45);
    const nobody = gatewaysOf([nobodyThere()]);
    expect(await reconcilePayments(nobody)).toMatchObject({ unknown: 1 });
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'pending', attention: null });
    await agePayment(shop(), paymentId, 25 * 60);
    await reconcilePayments(nobody);
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'pending',
      attention: 'outcome_unknown',
    });
    expect(must(await findPayment(buyer, paymentId)).state).toBe('review');
    // As soon as it is known, nobody has to look any more.
    await agePayment(shop(), paymentId, 7 * 60);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'expired', attention: null });
  });

  test('knows money that went back as not paid', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.force(authority, 'REVERSED');
    await agePayment(shop(), paymentId, 3);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'failed',
      answer: 'REVERSED',
      periods: 0,
    });
  });

  test('settles what the gateway had verified and we had not heard of', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    await shop().server.force(authority, 'VERIFIED');
    await agePayment(shop(), paymentId, 3);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });

  test('goes on where somebody who asked has died', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    expect(await claimCheck(db(), paymentId)).not.toBeNull();
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'pending' });
    await agePayment(shop(), paymentId, 1);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });

  test('ends what a process that died never brought to the gateway', async () => {
    const buyer = await newBuyer();
    const { paymentId } = await begin(shop(), buyer, 'basic');
    await shop().database.query(
      'UPDATE payments SET gateway_track_id = NULL, next_check_at = NULL WHERE id = $1',
      [paymentId],
    );
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'pending' });
    await agePayment(shop(), paymentId, 3);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'failed', answer: 'never handed over' });
  });

  test('stops asking after a day, and no sooner', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority, 'failed');
    await comeBack(shop(), authority, 'NOK');
    await agePayment(shop(), paymentId, 60);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'cancelled', nextCheck: true });
    await agePayment(shop(), paymentId, 25 * 60);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'cancelled', nextCheck: false });
  });

  // Zibal keeps no list of what was paid, so it names nobody else's money.
  test.skipIf(isZibal)(
    'tells of money under an authority that is not ours, and keeps it in sight',
    async () => {
      const foreign = await gatewayOf(shop()).request({
        paymentId: randomUUID(),
        amountRials: 70_000n,
        description: 'x',
        callbackUrl: 'https://elsewhere.example/',
        mobile: null,
      });
      if (foreign.kind !== 'ready') throw new Error('no authority');
      await shop().server.pay(foreign.authority);
      expect(await reconcile()).toMatchObject({ strays: 1 });
      expect(await reconcile()).toMatchObject({ strays: 1 });
      const rows = await shop().database.query('SELECT authority, amount::int FROM stray_authorities');
      expect(rows).toEqual([{ authority: foreign.authority, amount: 70_000 }]);
      expect(await shop().server.statusOf(foreign.authority)).toBe('PAID');
    },
  );

  test('run by four workers at once settles each payment once', async () => {
    const buyers = await Promise.all(Array.from({ length: 6 }, () => newBuyer()));
    const begun = await Promise.all(buyers.map((buyer) => begin(shop(), buyer, 'basic')));
    for (const { authority } of begun) await shop().server.pay(authority);
    for (const { paymentId } of begun) await untilAsked(paymentId);
    await Promise.all([reconcile(), reconcile(), reconcile(), reconcile()]);
    await reconcile();
    for (const { paymentId } of begun) {
      expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
      expect(await eventsOf(shop(), paymentId)).toEqual(['payment.create', 'payment.complete']);
    }
    await expectInvariants(shop().database);
  });

  describe.each([
    ['answered with an error of its own', { kind: 'code', code: -52 }],
    ['answered with a page of HTML', { kind: 'html502' }],
    ['never answered', { kind: 'hang' }],
  ])('with twelve paid sessions that are %s', (_, fault) => {
    test('settles the two that are healthy', { timeout: 60_000 }, async () => {
      const merchant = randomUUID();
      const impatient = gatewaysOf([clientOf(shop().server, merchant, 400)]);
      const dear = { ...shop(), gateways: impatient };
      const begun: { paymentId: string; authority: string }[] = [];
      for (let n = 0; n < 14; n += 1) begun.push(await begin(dear, await newBuyer(), 'basic'));
      for (const { authority } of begun) await shop().server.pay(authority);
      // The gateway lists the newest first, and the healthy ones are the oldest.
      const [poisoned, healthy] = [begun.slice(2), begun.slice(0, 2)];
      for (const { authority } of poisoned) {
        await shop().server.fault('verify', { ...fault, authority, stays: true });
        await shop().server.fault('inquiry', { ...fault, authority, stays: true });
      }
      try {
        const isSettled = async ({ paymentId }: { paymentId: string }) =>
          (await stored(shop(), paymentId)).status === 'completed';
        // A minute passes between two runs. Four are enough, unless a busy machine is silent for 400 ms itself.
        for (let run = 0; run < 10; run += 1) {
          await reconcilePayments(impatient);
          if (run >= 3 && (await Promise.all(healthy.map(isSettled))).every(Boolean)) break;
          for (const { paymentId } of begun) await agePayment(shop(), paymentId, 1);
        }
        for (const { paymentId } of healthy) {
          expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
        }
        for (const { paymentId } of poisoned) {
          expect(await stored(shop(), paymentId)).toMatchObject({
            status: 'pending',
            periods: 0,
            nextCheck: true,
          });
        }
      } finally {
        await shop().server.control('DELETE', 'faults');
      }
      // As soon as they answer, they are settled too.
      for (const { paymentId } of begun) await agePayment(shop(), paymentId, 10);
      await reconcilePayments(gatewaysOf([clientOf(shop().server, merchant)]));
      for (const { paymentId } of poisoned) {
        expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
      }
      await expectInvariants(shop().database);
    });
  });

  test('finds money that went back after it was settled, ends its month and tells', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    await shop().server.pay(authority);
    await comeBack(shop(), authority);
    await agePayment(shop(), paymentId, 20);
    await reconcile();
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'completed',
      answer: 'paid',
      nextCheck: true,
    });
    await shop().server.force(authority, 'REVERSED');
    await agePayment(shop(), paymentId, 30);
    // One strange word alone takes nobody's month.
    await shop().server.fault('verify', { kind: 'json500' }, { kind: 'json500' }, { kind: 'json500' });
    await reconcile();
    expect(must(await findPayment(buyer, paymentId)).state).toBe('paid');
    await agePayment(shop(), paymentId, 24 * 60);
    await reconcile();
    expect(must(await findPayment(buyer, paymentId))).toMatchObject({
      state: 'refunded',
      refunds: [{ method: 'reversal', reference: null, amountRials: 50_000n }],
    });
    expect(await stored(shop(), paymentId)).toMatchObject({
      attention: 'reversed_at_gateway',
      nextCheck: false,
    });
    expect((await describePlan(buyer)).current).toBeNull();
    expect(await noticesOf(shop(), buyer)).toEqual(['payment.complete', 'payment.refund']);
    await reconcile();
    expect((await eventsOf(shop(), paymentId)).filter((event) => event === 'refund.complete')).toHaveLength(
      1,
    );
    await expectInvariants(shop().database);
  });
});
