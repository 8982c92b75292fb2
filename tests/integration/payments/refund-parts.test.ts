import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { UserActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { listAttention } from '#lib/payments/attention/list-attention.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { describePlan } from '#lib/payments/plan/describe-plan.ts';
import { recordTransfer } from '#lib/payments/refund/record-transfer.ts';
import { type RefundPart, refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { findRefundEffect, listRefunds } from '#lib/payments/refund/store.ts';
import { must, newActor } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import { buyPlan, newBuyer, noticesOf, useShop } from '#tests/support/payments.ts';

const shop = useShop();

async function authorityOf(paymentId: string): Promise<string> {
  const text = 'SELECT gateway_track_id AS a FROM payments WHERE id = $1';
  const [row] = await shop().database.query<{ a: string }>(text, [paymentId]);
  return row?.a ?? '';
}

const refund = (operator: UserActor, paymentId: string) =>
  refundPayment(operator, { paymentId, reason: 'asked by phone' }, shop().gateways);

describe('a refund', () => {
  const part = (operator: UserActor, paymentId: string, share: Partial<RefundPart> = {}) =>
    refundPayment(
      operator,
      {
        paymentId,
        reason: 'half was bad',
        part: { amountRials: 20_000n, endsPurchase: false, seenRials: 0n, ...share },
      },
      shop().gateways,
    );

  test('of a part is sent by hand, leaves what was bought, and can be followed by the rest', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    const before = (await describePlan(buyer)).current;
    const first = must(await part(operator, paymentId));
    expect(first).toMatchObject({ method: 'transfer', state: 'pending', amountRials: 20_000n });
    expect((await describePlan(buyer)).current).toEqual(before);
    expect(must(await findPayment(buyer, paymentId))).toMatchObject({
      state: 'paid',
      refunds: [{ amountRials: 20_000n, state: 'pending' }],
    });
    // Somebody who saw the page before that is told to look again; nothing more goes back than was paid.
    expect(await part(operator, paymentId)).toMatchObject({ code: 'payment.refundChanged' });
    const tooMuch = await part(operator, paymentId, { amountRials: 30_001n, seenRials: 20_000n });
    expect(tooMuch).toMatchObject({
      code: 'payment.refundTooMuch',
      fields: { amountToman: expect.any(String) },
    });
    expect(await findRefundEffect(db(), paymentId)).toMatchObject({
      amountRials: 30_000n,
      givenBackRials: 20_000n,
      // The gateway gives back all or nothing.
      isReversible: false,
      endsPlan: 'basic',
    });
    must(await recordTransfer(operator, { refundId: first.id, reference: 'bank-1' }));
    expect(must(await refund(operator, paymentId))).toMatchObject({
      method: 'transfer',
      amountRials: 30_000n,
    });
    expect(must(await findPayment(buyer, paymentId)).state).toBe('refunding');
    expect((await describePlan(buyer)).current).toBeNull();
    expect(await noticesOf(shop(), buyer)).toEqual(['payment.complete', 'payment.part', 'payment.refund']);
    expect(await shop().server.statusOf(await authorityOf(paymentId))).not.toBe('REVERSED');
    await expectInvariants(shop().database);
  });

  test('of a part may end what was bought, and one that is sent again is the same one', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    const id = randomUUID();
    const ask = () =>
      refundPayment(
        operator,
        {
          id,
          paymentId,
          reason: 'leaves',
          part: { amountRials: 10_000n, endsPurchase: true, seenRials: 0n },
        },
        shop().gateways,
      );
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(must).map((row) => row.id)).toEqual([id, id]);
    expect(must(await ask())).toMatchObject({ id, endsPurchase: true });
    expect((await describePlan(buyer)).current).toBeNull();
    expect(must(await findPayment(buyer, paymentId)).state).toBe('refunding');
    await expectInvariants(shop().database);
  });

  test('of a part of what the gateway has given back whole is refused, and nobody sends what waits', async () => {
    const [operator, buyer] = [await newActor(), await newBuyer()];
    const paymentId = await buyPlan(shop(), buyer, 'basic');
    must(await part(operator, paymentId));
    await shop().server.force(await authorityOf(paymentId), 'REVERSED');
    expect(await part(operator, paymentId, { seenRials: 20_000n })).toMatchObject({
      code: 'payment.backWhole',
    });
    expect(must(await refund(operator, paymentId))).toMatchObject({ method: 'reversal', state: 'completed' });
    expect((await listRefunds(db(), paymentId)).map(({ state }) => state)).toEqual([
      'completed',
      'completed',
    ]);
    expect((await listAttention()).payments.map(({ id }) => id)).not.toContain(paymentId);
    await expectInvariants(shop().database);
  });
});
