import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { dismissAttention, recheckPayment } from '#lib/payments/attention/attend-payment.ts';
import { listAttention } from '#lib/payments/attention/list-attention.ts';
import { must, newActor } from '#tests/support/conversions.ts';
import { begin, eventsOf, newBuyer, stored, useShop } from '#tests/support/payments.ts';

const shop = useShop();

test('what needs attention is listed in pages, newest first, until somebody has looked', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.unshift((await begin(shop(), await newBuyer(), 'basic')).paymentId);
  await shop().database.query(
    "UPDATE payments SET attention_reason = 'amount_mismatch' WHERE id = ANY ($1)",
    [ids],
  );
  const { payments, next, strays } = await listAttention();
  expect(payments.map(({ id }) => id)).toEqual(ids);
  expect(payments[0]).toMatchObject({ reason: 'amount_mismatch', planName: 'basic', amountRials: 50_000n });
  expect([next, strays]).toEqual([null, []]);
  const operator = await newActor();
  const [first = ''] = ids;
  must(await dismissAttention(operator, { paymentId: first, note: 'called the bank' }));
  expect(await dismissAttention(operator, { paymentId: first, note: 'again' })).toMatchObject({
    code: 'notFound',
  });
  expect((await listAttention()).payments).toHaveLength(2);
  expect(await eventsOf(shop(), first)).toEqual(['payment.create', 'payment.attend']);
});

test('any payment can be asked about by an operator, who is written down', async () => {
  const operator = await newActor();
  const { paymentId, authority } = await begin(shop(), await newBuyer(), 'basic');
  expect(must(await recheckPayment(operator, paymentId, shop().gateway))).toMatchObject({ kind: 'notPaid' });
  await shop().server.pay(authority);
  expect(must(await recheckPayment(operator, paymentId, shop().gateway))).toMatchObject({ kind: 'paid' });
  expect(must(await recheckPayment(operator, paymentId, shop().gateway))).toBeNull();
  expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed' });
  expect((await eventsOf(shop(), paymentId)).filter((event) => event === 'payment.check')).toHaveLength(3);
  expect(await recheckPayment(operator, randomUUID(), shop().gateway)).toMatchObject({ code: 'notFound' });
});
