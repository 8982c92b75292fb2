import type { Tone } from '#components/ui/alert.tsx';
import type { PaymentState } from '#lib/payments/view.ts';

/** What somebody can do about a payment. */
export type PaymentDeed = 'goOn' | 'ask' | 'again' | 'contact' | 'receipt' | 'use';

type Look = {
  tone: Tone | 'neutral';
  deeds: readonly PaymentDeed[];
  /** Whether it must be said what becomes of money that a bank took all the same. */
  tellsOfMoney: boolean;
};

const nothingPaid = { deeds: ['again', 'ask'], tellsOfMoney: true } as const;

/** How each state of a payment is shown, and what may be done in it. */
export const paymentLooks: Readonly<Record<PaymentState, Look>> = {
  starting: { tone: 'neutral', deeds: [], tellsOfMoney: false },
  waiting: { tone: 'information', deeds: ['goOn', 'ask'], tellsOfMoney: false },
  checking: { tone: 'information', deeds: ['ask'], tellsOfMoney: false },
  paid: { tone: 'success', deeds: ['use', 'receipt'], tellsOfMoney: false },
  cancelled: { tone: 'neutral', ...nothingPaid },
  failed: { tone: 'danger', ...nothingPaid },
  expired: { tone: 'neutral', ...nothingPaid },
  review: { tone: 'warning', deeds: ['contact', 'ask'], tellsOfMoney: true },
  refunding: { tone: 'warning', deeds: ['receipt'], tellsOfMoney: false },
  refunded: { tone: 'neutral', deeds: ['receipt'], tellsOfMoney: false },
};
