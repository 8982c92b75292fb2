import type { PaymentState } from '#lib/payments/payment-state.ts';
import type { PaymentView } from '#lib/payments/view.ts';

/** Every state there is: the compiler says when one is missing. */
const states: Record<PaymentState, true> = {
  starting: true,
  waiting: true,
  checking: true,
  paid: true,
  cancelled: true,
  failed: true,
  expired: true,
  review: true,
  refunding: true,
  refunded: true,
};

export const paymentStates = Object.keys(states) as PaymentState[];

/** A paid upgrade of a user: 366,544 of 490,000 Toman after the credit. */
export const paidUpgrade: PaymentView = {
  id: '7f1e0b5c-1111-4222-8333-123456789abc',
  state: 'paid',
  planName: 'advanced',
  names: { fa: 'پیشرفته', en: 'Advanced' },
  gateway: 'zarinpal',
  isByCode: false,
  kind: 'upgrade',
  priceRials: 4_900_000n,
  creditRials: 1_234_560n,
  discountRials: 0n,
  amountRials: 3_665_440n,
  conversionsLimit: 100,
  imagesLimit: 200,
  refNumber: '201234567',
  cardNumber: '502229******5995',
  createdAt: new Date('2026-11-22T10:00:00Z'),
  paidAt: new Date('2026-11-22T10:03:00Z'),
  expiresAt: null,
  checkedAt: null,
  startsAt: new Date('2026-11-22T10:03:00Z'),
  endsAt: new Date('2026-12-22T10:03:00Z'),
  refunds: [],
  vatRials: 0n,
  vatRate: 0,
  invoice: null,
  payUrl: null,
};
