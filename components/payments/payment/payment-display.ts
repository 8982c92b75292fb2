import type { Tone } from '#components/ui/alert.tsx';
import type { PaymentState } from '#lib/payments/payment-state.ts';

/** What somebody can do about a payment. */
type PaymentAction = 'goOn' | 'ask' | 'again' | 'contact' | 'receipt' | 'use';

type Look = {
  tone: Tone | 'neutral';
  actions: readonly PaymentAction[];
  /** Whether it must be said what becomes of money that a bank took all the same. */
  tellsOfMoney: boolean;
};

const nothingPaid = { actions: ['again', 'ask'], tellsOfMoney: true } as const;

/** How each state of a payment is shown, and what may be done in it. */
export const paymentDisplay: Readonly<Record<PaymentState, Look>> = {
  starting: { tone: 'neutral', actions: [], tellsOfMoney: false },
  waiting: { tone: 'information', actions: ['goOn', 'ask'], tellsOfMoney: false },
  checking: { tone: 'information', actions: ['ask'], tellsOfMoney: false },
  paid: { tone: 'success', actions: ['use', 'receipt'], tellsOfMoney: false },
  cancelled: { tone: 'neutral', ...nothingPaid },
  failed: { tone: 'danger', ...nothingPaid },
  expired: { tone: 'neutral', ...nothingPaid },
  review: { tone: 'warning', actions: ['contact', 'ask'], tellsOfMoney: true },
  refunding: { tone: 'warning', actions: ['receipt'], tellsOfMoney: false },
  refunded: { tone: 'neutral', actions: ['receipt'], tellsOfMoney: false },
};
