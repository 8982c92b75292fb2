import type { GatewayReceipt, PaymentGateway, SessionStatus, Unknown } from './payment-gateway.ts';

/** What the gateway says about one payment, after all that may be asked was asked. */
export type Finding =
  | ({ readonly kind: 'paid' } & GatewayReceipt)
  | { readonly kind: 'notPaid'; readonly session: SessionStatus | null }
  | { readonly kind: 'mismatch'; readonly of: 'amount' | 'session'; readonly code: number }
  /** The gateway does not know this authority. */
  | { readonly kind: 'rejected'; readonly code: number }
  | Unknown
  /** Settled before, and still so. */
  | { readonly kind: 'stands' }
  /** Settled before, and neither paid nor verified any more; REVERSED is money that went back. */
  | { readonly kind: 'takenBack'; readonly session: SessionStatus };

type Session = { readonly authority: string; readonly amountRials: bigint };

async function verify(gateway: PaymentGateway, session: Session): Promise<Finding> {
  const answer = await gateway.verify(session);
  return answer.kind === 'notPaid' ? { kind: 'notPaid', session: null } : answer;
}

/** Somebody came back or asks: settle at once; the session's state only explains why there is nothing. */
async function verifyFirst(gateway: PaymentGateway, session: Session): Promise<Finding> {
  const finding = await verify(gateway, session);
  if (finding.kind !== 'notPaid') return finding;
  const asked = await gateway.inquiry(session.authority);
  if (asked.kind !== 'status') return finding;
  // Paid between the two questions.
  if (asked.status === 'PAID' || asked.status === 'VERIFIED') return verify(gateway, session);
  return { kind: 'notPaid', session: asked.status };
}

/** Nobody waits: look first, and settle only what is paid. Looking is no proof of money, verifying is. */
async function inquireFirst(gateway: PaymentGateway, session: Session): Promise<Finding> {
  const asked = await gateway.inquiry(session.authority);
  if (asked.kind === 'status' && asked.status !== 'PAID' && asked.status !== 'VERIFIED') {
    return { kind: 'notPaid', session: asked.status };
  }
  return verify(gateway, session);
}

/** Asks the gateway how a payment stands and settles it there when it was paid. */
export function askGateway(
  gateway: PaymentGateway,
  session: Session,
  first: 'verify' | 'inquiry',
): Promise<Finding> {
  return first === 'verify' ? verifyFirst(gateway, session) : inquireFirst(gateway, session);
}

/**
 * Asks about money that was settled before. Only when the session and its verification both say that it is gone, it
 * is: one strange answer takes nobody's month.
 */
export async function askWhetherStands(gateway: PaymentGateway, session: Session): Promise<Finding> {
  const asked = await gateway.inquiry(session.authority);
  if (asked.kind === 'unknown') return asked;
  if (asked.kind === 'rejected') return { kind: 'unknown', cause: `code ${asked.code}`, isSilent: false };
  if (asked.status === 'PAID' || asked.status === 'VERIFIED') return { kind: 'stands' };
  const again = await gateway.verify(session);
  if (again.kind === 'notPaid') return { kind: 'takenBack', session: asked.status };
  return again.kind === 'paid'
    ? { kind: 'stands' }
    : { kind: 'unknown', cause: `${asked.status}, and verified as ${again.kind}`, isSilent: false };
}
