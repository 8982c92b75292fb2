import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { accountOf, type UserActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { listAttention } from '#lib/payments/attention/list-attention.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { describePlan } from '#lib/payments/plan/describe-plan.ts';
import { recordTransfer } from '#lib/payments/refund/record-transfer.ts';
import { refundPayment, resumeRefunds } from '#lib/payments/refund/refund-payment.ts';
import { claimOpenReversals, findRefundEffect, listRefunds } from '#lib/payments/refund/store.ts';
import { convert } from '#tests/sql/rows.ts';
import { must, newActor } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import {
  agePayment,
  begin,
  buyPlan,
  eventsOf,
  newBuyer,
  noticesOf,
  useShop,
} from '#tests/support/payments.ts';

const shop = useShop();

async function authorityOf(paymentId: string): Promise<string> {
  const [row] = await shop().database.query<{ a: string }>(
    'SELECT gateway_track_id AS a FROM payments WHERE id = $1',
    [paymentId],
  );
  return row?.a ?? '';
}

const refund = (operator: UserActor, paymentId: string) =>
  refundPayment(operator, { paymentId, reason: 'asked by phone' }, shop().gateways);

async function ageRefund(paymentId: string): Promise<void> {
  await shop().database.query(
    "UPDATE payment_refunds SET created_at = created_at - interval '1 minute', asked_at = asked_at - interval '1 minute' WHERE payment_id = $1",
    [paymentId],
  );
}

describe('a refund', () => {
  test('within half an hour goes through the gateway and ends the month', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    expect(must(await refund(operator, paymentId))).toMatchObject({
      method: 'reversal',
      state: 'completed',
      amountRials: 50_000n,
    });
    expect(await shop().server.statusOf(await authorityOf(paymentId))).toBe('REVERSED');
    expect((await describePlan(buyer)).current).toBeNull();
    expect(must(await findPayment(buyer, paymentId))).toMatchObject({
      state: 'refunded',
      refunds: [{ method: 'reversal', endsPurchase: true }],
    });
    expect(await eventsOf(shop(), paymentId)).toEqual([
      'payment.create',
      'payment.complete',
      'refund.create',
      'refund.complete',
    ]);
    expect(await noticesOf(shop(), buyer)).toEqual(['payment.complete', 'payment.refund']);
    await expectInvariants(shop().database);
  });

  test('by two operators at once is one refund', async () => {
    const [one, two, buyer] = [await newActor(), await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    const both = await Promise.all([refund(one, paymentId), refund(two, paymentId)]);
    const rows = both.map(must);
    expect(rows[0]?.id).toBe(rows[1]?.id);
    expect(await shop().server.count('reverse', await authorityOf(paymentId))).toBe(1);
    expect((await eventsOf(shop(), paymentId)).filter((event) => event === 'refund.create')).toHaveLength(1);
    expect(must(await refund(one, paymentId))).toMatchObject({ state: 'completed' });
    await expectInvariants(shop().database);
  });

  test('after half an hour is a transfer, recorded once by the person who sent it', async () => {
    const [operator, other, buyer] = [await newActor(), await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    await agePayment(shop(), paymentId, 40);
    const { id: refundId, ...refunded } = must(await refund(operator, paymentId));
    expect(refunded).toMatchObject({ method: 'transfer', state: 'pending' });
    expect(must(await findPayment(buyer, paymentId)).state).toBe('refunding');
    expect((await describePlan(buyer)).current).toBeNull();
    const written = await Promise.all(
      [operator, other].map((actor, index) =>
        recordTransfer(actor, { refundId, reference: `bank-${index}` }),
      ),
    );
    expect(written.filter(({ ok }) => ok)).toHaveLength(1);
    expect(written.find(({ ok }) => !ok)).toMatchObject({ code: 'state.illegal' });
    expect(must(await findPayment(buyer, paymentId)).state).toBe('refunded');
  });

  test.each([
    [-60, 'the bank cannot'],
    [-62, 'our terminal may not'],
    [-63, 'it is too late there'],
  ])('that the gateway refuses with %i, because %s, becomes a transfer', async (code) => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    await shop().server.fault('reverse', { kind: 'code', code });
    expect(must(await refund(operator, paymentId))).toMatchObject({ method: 'transfer', state: 'pending' });
    const { payments } = await listAttention();
    expect(payments.find(({ id }) => id === paymentId)?.concerns).toMatchObject([
      { reason: 'refund_transfer' },
    ]);
  });

  test('whose answer is lost is found done, and the gateway is not made to do it twice', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    await shop().server.fault('reverse', { kind: 'commitThenDrop' });
    expect(must(await refund(operator, paymentId))).toMatchObject({ method: 'reversal', state: 'completed' });
  });

  test('whose outcome nobody knows is asked for again until it is known', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    await shop().server.fault('reverse', { kind: 'html502' });
    await shop().server.fault('inquiry', { kind: 'reset' }, { kind: 'reset' }, { kind: 'reset' });
    expect(must(await refund(operator, paymentId))).toMatchObject({ method: 'reversal', state: 'pending' });
    expect(must(await findPayment(buyer, paymentId)).state).toBe('refunding');
    expect(await resumeRefunds(shop().gateways)).toBe(0);
    await ageRefund(paymentId);
    expect(await resumeRefunds(shop().gateways)).toBe(1);
    expect(must(await findPayment(buyer, paymentId)).state).toBe('refunded');
    expect(await resumeRefunds(shop().gateways)).toBe(0);
  });

  test('of what was not paid, or of nothing, is refused', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const { paymentId } = await begin(shop(), buyer, 'basic');
    expect(await refund(operator, paymentId)).toMatchObject({ ok: false, code: 'state.illegal' });
    expect(await refund(operator, randomUUID())).toMatchObject({ ok: false, code: 'notFound' });
    expect(await recordTransfer(operator, { refundId: paymentId, reference: 'x' })).toMatchObject({
      code: 'notFound',
    });
  });

  test('of an upgrade lets the month go on that it was paid with; its own comes only after that', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const { accountId } = accountOf(buyer);
    const basic = await buyPlan(shop(), buyer, 'basic');
    for (let n = 0; n < 4; n += 1) await convert(shop().database, accountId, 'paid');
    const before = (await describePlan(buyer)).current;
    const advanced = await buyPlan(shop(), buyer, 'advanced');
    // What each would do is told before it is done.
    expect(await findRefundEffect(db(), basic)).toMatchObject({ blockedBy: advanced });
    expect(await findRefundEffect(db(), advanced)).toMatchObject({
      blockedBy: null,
      isReversible: true,
      endsPlan: 'advanced',
      restoresPlan: 'basic',
      restoresUntil: before?.endsAt,
      movesUp: 0,
    });
    expect(await refund(operator, basic)).toMatchObject({ ok: false, code: 'payment.creditSpent' });
    expect(must(await findPayment(buyer, basic)).state).toBe('paid');
    expect(must(await refund(operator, advanced))).toMatchObject({ method: 'reversal', state: 'completed' });
    expect((await describePlan(buyer)).current).toEqual(before);
    expect(await findRefundEffect(db(), advanced)).toBeNull();
    expect(must(await refund(operator, basic))).toMatchObject({ state: 'completed' });
    expect((await describePlan(buyer)).current).toBeNull();
    await expectInvariants(shop().database);
  });

  test('after half an hour of money that the gateway gave back from its own panel is not sent a second time', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    await agePayment(shop(), paymentId, 40);
    await shop().server.force(await authorityOf(paymentId), 'REVERSED');
    expect(must(await refund(operator, paymentId))).toMatchObject({ method: 'reversal', state: 'completed' });
  });

  test('is taken up in turn: fifty that never get an answer keep none from it', async () => {
    const [operator, last] = [await newActor(), await newBuyer()];
    const stuck = await buyPlan(shop(), await newBuyer(), 'basic');
    const paymentId = await buyPlan(shop(), last, 'basic');
    for (const id of [stuck, paymentId]) {
      await shop().server.fault('reverse', { kind: 'html502' });
      await shop().server.fault('inquiry', { kind: 'reset' }, { kind: 'reset' }, { kind: 'reset' });
      expect(must(await refund(operator, id))).toMatchObject({ state: 'pending' });
      await ageRefund(id);
    }
    const [[first], [second]] = [await listRefunds(db(), stuck), await listRefunds(db(), paymentId)];
    expect(await claimOpenReversals(db(), 1)).toMatchObject([{ id: first?.id }]);
    await ageRefund(stuck);
    expect(await claimOpenReversals(db(), 1)).toMatchObject([{ id: second?.id }]);
  });
});
