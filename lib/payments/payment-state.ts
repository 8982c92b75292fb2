/**
 * How a payment stands, in one word that is true:
 * `starting` not at the gateway yet · `waiting` the payer is at the gateway, or closed it · `checking` came back,
 * and the gateway has not said yet · `paid` · `cancelled` given up, nothing paid · `failed` nothing paid ·
 * `expired` nobody paid in time · `review` something does not fit and a person looks; nothing was bought ·
 * `refunding` money is on its way back · `refunded`.
 */
export type PaymentState =
  | 'starting'
  | 'waiting'
  | 'checking'
  | 'paid'
  | 'cancelled'
  | 'failed'
  | 'expired'
  | 'review'
  | 'refunding'
  | 'refunded';

/** Whether a page may stop asking. Late money can still change it, but nobody sits there for that. */
export function isFinal(state: PaymentState): boolean {
  return !['starting', 'waiting', 'checking', 'refunding'].includes(state);
}
