import { expect, test } from 'vitest';
import { type PaymentStory, storyOf, type ToldPayment } from '#lib/admin/payment/story.ts';

const refund = (endsPurchase: boolean, state: string) => ({ endsPurchase, state }) as never;
const pending: ToldPayment = {
  status: 'pending',
  authority: 'A1',
  gateway: 'zarinpal',
  refunds: [],
  concerns: [],
  returnedAt: null,
  lastAnswer: null,
};
const concern = (reason: string) => ({ reason, since: '', isDismissible: true });

test.each<[PaymentStory, Partial<ToldPayment>]>([
  ['starting', { authority: null, lastAnswer: null }],
  ['waiting', { lastAnswer: null }],
  ['waiting', { lastAnswer: 'IN_BANK' }],
  ['waiting', { lastAnswer: 'notPaid', returnedAt: new Date(0) }],
  ['silent', { lastAnswer: 'neither data nor errors with HTTP 500' }],
  ['silent', { lastAnswer: 'no answer', returnedAt: new Date(0) }],
  ['review', { lastAnswer: null, concerns: [concern('outcome_unknown')] }],
  ['paid', { status: 'completed', lastAnswer: 'paid', concerns: [concern('coupon_over')] }],
  ['byCode', { status: 'completed', lastAnswer: null, gateway: 'code' }],
  ['partly', { status: 'completed', lastAnswer: 'paid', refunds: [refund(false, 'pending')] }],
  ['refunding', { status: 'completed', lastAnswer: 'paid', refunds: [refund(true, 'pending')] }],
  ['refunded', { status: 'completed', lastAnswer: 'paid', refunds: [refund(true, 'completed')] }],
  ['cancelled', { status: 'cancelled', lastAnswer: 'FAILED' }],
  ['failed', { status: 'failed', lastAnswer: 'FAILED' }],
  ['expired', { status: 'expired', lastAnswer: 'anything' }],
])('a payment is told as %s: %o', (story, row) => {
  expect(storyOf({ ...pending, ...row })).toBe(story);
});
