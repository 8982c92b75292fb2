import { PaymentElsewhere } from '#components/payments/payment/payment-elsewhere.tsx';

/** A payment that is not this account's: somebody else of this browser may have come back from the bank. */
export default function PaymentNotFound() {
  return <PaymentElsewhere kind="user" />;
}
