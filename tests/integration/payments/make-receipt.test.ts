import { describe, expect, test } from 'vitest';
import type { AccountActor } from '#lib/core/actor.ts';
import { makeReceipt } from '#lib/payments/receipt/make-receipt.ts';
import { must } from '#tests/support/conversions.ts';
import { begin, buyPlan, comeBack, newBuyer, stored, useShop } from '#tests/support/payments.ts';

const shop = useShop();
const receiptOf = (buyer: AccountActor, id: string, locale: 'fa' | 'en' = 'fa') =>
  makeReceipt(buyer, id, { locale, payer: 'مریم' });
const notFound = { ok: false, code: 'notFound' };

describe('taking a receipt', () => {
  test.each(['user', 'vendor'] as const)(
    'gives a %s the one of what was paid, in both languages',
    async (kind) => {
      const buyer = await newBuyer(kind);
      const id = await buyPlan(shop(), buyer, kind === 'user' ? 'basic' : 'vendor_pro');
      const { ref } = await stored(shop(), id);
      for (const locale of ['fa', 'en'] as const) {
        const { bytes, fileName } = must(await receiptOf(buyer, id, locale));
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
        expect(fileName).toBe(`ai-stayler-receipt-${ref}.pdf`);
      }
    },
  );

  test('gives none for what was not paid', async () => {
    const buyer = await newBuyer();
    const { paymentId, authority } = await begin(shop(), buyer, 'basic');
    expect(await receiptOf(buyer, paymentId)).toMatchObject(notFound);
    await comeBack(shop(), authority, 'NOK');
    expect(await receiptOf(buyer, paymentId)).toMatchObject(notFound);
  });

  test('gives nobody the one of somebody else, of either kind', async () => {
    const id = await buyPlan(shop(), await newBuyer(), 'basic');
    expect(await receiptOf(await newBuyer(), id)).toMatchObject(notFound);
    expect(await receiptOf(await newBuyer('vendor'), id)).toMatchObject(notFound);
    expect(await receiptOf(await newBuyer(), 'no-id-at-all')).toMatchObject(notFound);
  });

  test('goes on giving it when the money went back', async () => {
    const buyer = await newBuyer();
    const id = await buyPlan(shop(), buyer, 'basic');
    await shop().database.query(
      "INSERT INTO payment_refunds (payment_id, amount, method, reason) SELECT id, amount, 'transfer', 'asked' FROM payments WHERE id = $1",
      [id],
    );
    expect(must(await receiptOf(buyer, id)).bytes.length).toBeGreaterThan(1000);
  });
});
