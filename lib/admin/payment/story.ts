import type { PaymentState } from '#lib/payments/payment-state.ts';
import { stateOf } from '#lib/payments/view.ts';
import type { PaymentDetails } from './store.ts';

/**
 * How a payment stands, as somebody tells it who is asked about it: what its owner is shown, and besides `silent`
 * the gateway does not say what became of it · `partly` a part went back and what was bought goes on · `byCode` a code
 * paid for all of it. Whether the payer has come back makes no difference here.
 */
export type PaymentStory = Exclude<PaymentState, 'checking'> | 'silent' | 'partly' | 'byCode';

/** What a gateway may have said that is clear, as it is kept of its last answer. */
const clearAnswers = ['paid', 'notPaid', 'IN_BANK', 'PAID', 'VERIFIED', 'FAILED', 'REVERSED'] as const;
export type ClearAnswer = (typeof clearAnswers)[number];

/** The answer as one of those; null for an error, for nothing, and for what is no answer. */
export function readAnswer(lastAnswer: string | null): ClearAnswer | null {
  return clearAnswers.find((one) => one === lastAnswer) ?? null;
}

/** What of a payment decides it. */
export type ToldPayment = Pick<
  PaymentDetails,
  'status' | 'authority' | 'returnedAt' | 'lastAnswer' | 'gateway' | 'refunds' | 'concerns'
>;

export function storyOf(payment: ToldPayment): PaymentStory {
  const { concerns, lastAnswer, refunds, gateway } = payment;
  const state = stateOf({ ...payment, concerns: concerns.map(({ reason }) => reason) });
  if (state === 'paid') return refunds.length > 0 ? 'partly' : gateway === 'code' ? 'byCode' : 'paid';
  if (state !== 'waiting' && state !== 'checking') return state;
  return lastAnswer === null || readAnswer(lastAnswer) ? 'waiting' : 'silent';
}
