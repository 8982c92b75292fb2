import type { Rial } from '#lib/core/money.ts';
import type { Gateways } from './gateway/payment-gateway.ts';
import { isFinal, type PaymentState } from './payment-state.ts';
import type { PlanNames, PurchaseKind } from './plan/store.ts';
import type { Invoice, PaymentRow } from './read-store.ts';
import { type RefundRow, toRefunds } from './refund/store.ts';

/** A payment as its owner may see it. Amounts are Rials; `credit` and `discount` are what was taken off the price. */
export type PaymentView = {
  readonly id: string;
  readonly state: PaymentState;
  readonly planName: string;
  readonly names: PlanNames;
  /** By its name, or `code`. */
  readonly gateway: string;
  /** A code paid for all of it, and no gateway was asked. */
  readonly isByCode: boolean;
  readonly kind: PurchaseKind;
  readonly priceRials: Rial;
  readonly creditRials: Rial;
  readonly discountRials: Rial;
  readonly amountRials: Rial;
  readonly conversionsLimit: number;
  readonly imagesLimit: number;
  readonly refNumber: string | null;
  /** First six and last four digits. */
  readonly cardNumber: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly expiresAt: Date | null;
  readonly checkedAt: Date | null;
  /** The month it bought, as it stands today. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** What went back of it, whole or in parts. A payment is `paid` while what it bought goes on. */
  readonly refunds: readonly RefundView[];
  /** Rials of VAT within the amount, and its rate in hundredths of a per cent. */
  readonly vatRials: Rial;
  readonly vatRate: number;
  readonly invoice: Invoice | null;
  /** Where to go on paying; only while it waits. */
  readonly payUrl: string | null;
};

type RefundView = Pick<RefundRow, 'method' | 'state' | 'amountRials' | 'endsPurchase' | 'reference' | 'at'>;

/** What `/api/payments/[id]` answers. */
export type PaymentProgress = {
  readonly id: string;
  readonly state: PaymentState;
  readonly isFinal: boolean;
  readonly refNumber: string | null;
};

const reviewed = new Set(['amount_mismatch', 'foreign_session', 'unknown_authority', 'outcome_unknown']);

/** What decides how a payment stands. */
type Standing = Pick<PaymentRow, 'status' | 'authority' | 'returnedAt'> & {
  readonly refunds: readonly PaymentRow['refunds'][number][];
  readonly concerns: readonly string[];
};

export function stateOf(row: Standing): PaymentState {
  if (row.refunds.some(({ endsPurchase }) => endsPurchase)) {
    return row.refunds.every((refund) => refund.state === 'completed') ? 'refunded' : 'refunding';
  }
  if (row.status === 'completed') return 'paid';
  if (row.concerns.some((reason) => reviewed.has(reason))) return 'review';
  if (row.status !== 'pending') return row.status;
  if (!row.authority) return 'starting';
  return row.returnedAt ? 'checking' : 'waiting';
}

export function toPaymentView(row: PaymentRow, gateways: Gateways): PaymentView {
  const state = stateOf(row);
  const {
    id,
    planName,
    names,
    kind,
    creditRials,
    discountRials,
    amountRials,
    conversionsLimit,
    imagesLimit,
  } = row;
  return {
    id,
    state,
    planName,
    names,
    gateway: row.gateway,
    isByCode: row.gateway === 'code',
    kind,
    priceRials: amountRials + creditRials + discountRials,
    creditRials,
    discountRials,
    amountRials,
    conversionsLimit,
    imagesLimit,
    refNumber: row.refNumber,
    cardNumber: row.cardNumber,
    createdAt: row.createdAt,
    paidAt: row.paidAt,
    expiresAt: row.expiresAt,
    checkedAt: row.checkedAt,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    refunds: toRefunds(row.refunds),
    vatRials: row.vatRials,
    vatRate: row.vatRate,
    invoice: row.invoice,
    payUrl:
      state === 'waiting' && row.authority ? (gateways.of(row.gateway)?.payUrl(row.authority) ?? null) : null,
  };
}

export function toProgress({ id, state, refNumber }: PaymentView): PaymentProgress {
  return { id, state, isFinal: isFinal(state), refNumber };
}
