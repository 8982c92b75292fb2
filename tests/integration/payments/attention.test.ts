import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { listAnyPayments } from '#lib/admin/payment/store.ts';
import { db } from '#lib/db/client.ts';
import { readOpenFigures } from '#lib/operations/metrics/store.ts';
import { dismissAttention, dismissStray, recheckPayment } from '#lib/payments/attention/attend-payment.ts';
import { listAttention } from '#lib/payments/attention/list-attention.ts';
import { noteStray } from '#lib/payments/check/store.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { recordTransfer } from '#lib/payments/refund/record-transfer.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { callAttention } from '#lib/payments/store.ts';
import { must, newActor } from '#tests/support/conversions.ts';
import { agePayment, begin, buyPlan, eventsOf, newBuyer, stored, useShop } from '#tests/support/payments.ts';

const shop = useShop();

test('what needs attention is listed in pages, newest first, until somebody has looked', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.unshift((await begin(shop(), await newBuyer(), 'basic')).paymentId);
  for (const id of ids) await callAttention(db(), id, 'amount_mismatch');
  const { payments, next, strays } = await listAttention();
  expect(payments.map(({ id }) => id)).toEqual(ids);
  expect(payments[0]).toMatchObject({
    concerns: [{ reason: 'amount_mismatch', isDismissible: true }],
    planName: 'basic',
    amountRials: 50_000n,
  });
  expect([next, strays]).toEqual([null, []]);
  const operator = await newActor();
  const [first = ''] = ids;
  const dismissal = { paymentId: first, concern: 'amount_mismatch', note: 'called the bank' };
  must(await dismissAttention(operator, dismissal));
  expect(await dismissAttention(operator, dismissal)).toMatchObject({ code: 'notFound' });
  expect((await listAttention()).payments).toHaveLength(2);
  expect(await eventsOf(shop(), first)).toEqual(['payment.create', 'payment.attend']);
});

test('reasons stand beside each other and are dismissed one by one', async () => {
  const [operator, buyer] = [await newActor(), await newBuyer()];
  const { paymentId } = await begin(shop(), buyer, 'basic');
  expect(await callAttention(db(), paymentId, 'ref_repeated')).toBe(true);
  expect(await callAttention(db(), paymentId, 'amount_mismatch')).toBe(true);
  expect(await callAttention(db(), paymentId, 'amount_mismatch')).toBe(false);
  // A reason of the release before, which knows the payment's own column only.
  await shop().database.query("UPDATE payments SET attention_reason = 'not_applied' WHERE id = $1", [
    paymentId,
  ]);
  const reasons = async () =>
    (await listAttention()).payments
      .filter(({ id }) => id === paymentId)
      .flatMap(({ concerns }) => concerns.map(({ reason }) => reason));
  expect(await reasons()).toEqual(['ref_repeated', 'amount_mismatch', 'not_applied']);
  // Whichever came first, the person is told that somebody looks.
  expect(must(await findPayment(buyer, paymentId)).state).toBe('review');
  const dismiss = (concern: string) => dismissAttention(operator, { paymentId, concern, note: 'seen' });
  must(await dismiss('ref_repeated'));
  expect(await reasons()).toEqual(['amount_mismatch', 'not_applied']);
  expect(await stored(shop(), paymentId)).toMatchObject({ attention: 'amount_mismatch' });
  must(await dismiss('amount_mismatch'));
  must(await dismiss('not_applied'));
  expect(await stored(shop(), paymentId)).toMatchObject({ attention: null });
});

test('a transfer that waits is listed, counted and filtered whatever else is wrong, and only its end ends it', async () => {
  const [operator, buyer] = [await newActor(), await newBuyer()];
  const paymentId = await buyPlan(shop(), buyer, 'basic');
  await agePayment(shop(), paymentId, 40);
  await callAttention(db(), paymentId, 'ref_repeated');
  const before = await readOpenFigures(db());
  const refund = must(await refundPayment(operator, { paymentId, reason: 'asked' }, shop().gateways));
  const found = async () =>
    (await listAnyPayments(db(), { search: null, show: 'attention' }, null, 50)).find(
      ({ id }) => id === paymentId,
    );
  expect((await found())?.concerns).toMatchObject([
    { reason: 'ref_repeated', isDismissible: true },
    { reason: 'refund_transfer', isDismissible: false },
  ]);
  expect(
    await dismissAttention(operator, { paymentId, concern: 'refund_transfer', note: 'no' }),
  ).toMatchObject({
    code: 'state.illegal',
  });
  must(await dismissAttention(operator, { paymentId, concern: 'ref_repeated', note: 'yes' }));
  expect(await readOpenFigures(db())).toMatchObject({
    attention: before.attention,
    transfers: before.transfers + 1,
  });
  // One that failed at the bank is owed still.
  await shop().database.query("UPDATE payment_refunds SET state = 'failed' WHERE payment_id = $1", [
    paymentId,
  ]);
  expect((await found())?.concerns).toMatchObject([{ reason: 'refund_transfer' }]);
  must(await recordTransfer(operator, { refundId: refund.id, reference: 'bank-7' }));
  expect(await found()).toBeUndefined();
  expect((await listAttention()).payments.map(({ id }) => id)).not.toContain(paymentId);
});

test('money that is nobody’s is dismissed once, and stays away when it is seen again', async () => {
  const operator = await newActor();
  const authority = `S${'0'.repeat(27)}stray001`;
  await noteStray(db(), authority, 70_000n);
  const strays = async () => (await listAttention()).strays.map((one) => one.authority);
  expect(await strays()).toContain(authority);
  const before = await readOpenFigures(db());
  must(await dismissStray(operator, { authority, note: 'a link of the panel' }));
  expect(await dismissStray(operator, { authority, note: 'again' })).toMatchObject({ code: 'notFound' });
  await noteStray(db(), authority, 70_000n);
  expect(await strays()).not.toContain(authority);
  expect((await readOpenFigures(db())).strays).toBe(before.strays - 1);
  const events = await shop().database.query(
    "SELECT metadata ->> 'note' AS note FROM audit_logs WHERE action = 'stray.attend' AND resource_id = $1",
    [authority],
  );
  expect(events).toEqual([{ note: 'a link of the panel' }]);
});

test('any payment can be asked about by an operator, who is written down', async () => {
  const operator = await newActor();
  const { paymentId, authority } = await begin(shop(), await newBuyer(), 'basic');
  expect(must(await recheckPayment(operator, paymentId, shop().gateways))).toMatchObject({ kind: 'notPaid' });
  await shop().server.pay(authority);
  expect(must(await recheckPayment(operator, paymentId, shop().gateways))).toMatchObject({ kind: 'paid' });
  expect(must(await recheckPayment(operator, paymentId, shop().gateways))).toEqual({ kind: 'stands' });
  expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed' });
  expect((await eventsOf(shop(), paymentId)).filter((event) => event === 'payment.check')).toHaveLength(3);
  expect(await recheckPayment(operator, randomUUID(), shop().gateways)).toMatchObject({ code: 'notFound' });
});
