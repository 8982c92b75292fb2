import { describe, expect, it } from 'vitest';
import { hasReceipt, receiptRows } from '#lib/payments/receipt/rows.ts';
import { paidUpgrade, paymentStates } from './payment-samples.ts';

const valuesOf = (...args: Parameters<typeof receiptRows>) =>
  Object.fromEntries(receiptRows(...args).map(({ name, value }) => [name, value]));

describe('the lines of a receipt', () => {
  it('say everything in Persian: Toman and Rials, Jalali days, the hour in Tehran', () => {
    expect(valuesOf(paidUpgrade, 'fa', 'مریم رحیمی')).toEqual({
      payer: 'مریم رحیمی',
      plan: 'پیشرفته',
      kind: 'رفتن به پلن بالاتر',
      period: '۱ آذر ۱۴۰۵ تا ۱ دی ۱۴۰۵',
      conversions: '۱۰۰',
      images: '۲۰۰',
      price: '۴۹۰٬۰۰۰ تومان',
      credit: '۱۲۳٬۴۵۶ تومان',
      amount: '۳۶۶٬۵۴۴ تومان',
      rials: '۳٬۶۶۵٬۴۴۰ ریال',
      refNumber: '201234567',
      card: '502229******5995',
      paidAt: '۱ آذر ۱۴۰۵، ساعت ۱۳:۳۳',
      id: paidUpgrade.id,
    });
  });

  it('say it in English too', () => {
    expect(valuesOf(paidUpgrade, 'en')).toMatchObject({
      plan: 'Advanced',
      period: '22 November 2026 to 22 December 2026',
      amount: '366,544 Toman',
      rials: '3,665,440 Rials',
      paidAt: '22 November 2026, 13:33',
    });
  });

  it('leave out what is not known, and say when it began instead of when it was paid', () => {
    const begun = { ...paidUpgrade, creditRials: 0n, refNumber: null, cardNumber: null, paidAt: null };
    const values = valuesOf({ ...begun, startsAt: null, endsAt: null, imagesLimit: 0 }, 'en');
    expect(Object.keys(values)).toEqual([
      'plan',
      'kind',
      'conversions',
      'amount',
      'rials',
      'createdAt',
      'id',
    ]);
  });

  it('do not name a month that was given back before it began', () => {
    const given = { ...paidUpgrade, endsAt: paidUpgrade.startsAt };
    expect(valuesOf(given, 'fa')).not.toHaveProperty('period');
  });

  it('say what came back, and with which reference', () => {
    const refund = {
      method: 'transfer',
      state: 'completed',
      endsPurchase: true,
      amountRials: 3_665_440n,
      reference: 'TR-99/21',
      at: new Date('2026-11-25T10:00:00Z'),
    } as const;
    expect(valuesOf({ ...paidUpgrade, state: 'refunded', refunds: [refund] }, 'en')).toMatchObject({
      refund: '366,544 Toman, 25 November 2026',
      refundReference: 'TR-99/21',
    });
    expect(
      valuesOf({ ...paidUpgrade, state: 'refunding', refunds: [{ ...refund, state: 'pending' }] }, 'en'),
    ).toMatchObject({
      refund: '366,544 Toman, on its way',
    });
    // A sheet has so many lines: many parts are told as their sum.
    const parts = Array.from({ length: 9 }, () => ({ ...refund, amountRials: 100_000n }));
    const rows = receiptRows({ ...paidUpgrade, refunds: parts }, 'en');
    expect(rows.filter(({ name }) => name === 'refund').map(({ value }) => value)).toEqual([
      '90,000 Toman in several parts, until 25 November 2026',
    ]);
  });

  it('make a receipt only of money that was confirmed', () => {
    const given = paymentStates.filter((state) => hasReceipt({ ...paidUpgrade, state }));
    expect(given).toEqual(['paid', 'refunding', 'refunded']);
    expect(hasReceipt({ ...paidUpgrade, paidAt: null })).toBe(false);
  });
});
