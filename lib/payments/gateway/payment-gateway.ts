import type { GatewayName } from '#lib/core/env/payment-env.ts';

/** A gateway that takes money for us. Amounts are Rials. No adapter throws for what the other side does. */
export interface PaymentGateway {
  readonly name: GatewayName;
  /** Asks for an authority to pay under. Never repeated by itself: every success is another payable session. */
  request(order: PaymentOrder): Promise<RequestAnswer>;
  /** Settles what was paid, once; asked again it says the same. The only answer that counts as money. */
  verify(session: { authority: string; amountRials: bigint }): Promise<VerifyAnswer>;
  /** How a session stands, without touching it. */
  inquiry(authority: string): Promise<InquiryAnswer>;
  /** What was paid and not yet verified, at most the latest hundred; null for one that keeps no such list. */
  readonly unVerified: (() => Promise<UnVerifiedAnswer>) | null;
  /** Gives a whole payment back, soon after it; one that does not do so rejects it. */
  reverse(authority: string): Promise<ReverseAnswer>;
  /** Where the payer goes. */
  payUrl(authority: string): string;
}

/** The gateways of an installation. */
export type Gateways = {
  readonly all: readonly PaymentGateway[];
  /** Those that new payments may go to, first choice first. */
  readonly forNew: readonly PaymentGateway[];
  /** The one that a payment went to; undefined when it is not set up any more. */
  of(name: string): PaymentGateway | undefined;
};

export type PaymentOrder = {
  readonly paymentId: string;
  readonly amountRials: bigint;
  readonly description: string;
  readonly callbackUrl: string;
  /** As people here write it, 09.., digits only; null when it is not known. */
  readonly mobile: string | null;
  /** How long an answer is waited for; the gateway's own patience without. Milliseconds. */
  readonly withinMs?: number;
};

/** The other side refused, and nothing can come of it. `code` is its own. */
export type Rejected = { readonly kind: 'rejected'; readonly code: number };
/**
 * No answer that says what happened: neither money nor its absence may be concluded. `isSilent`: nothing came back at
 * all, so others would get nothing either; an error that was answered says nothing about them.
 */
export type Unknown = { readonly kind: 'unknown'; readonly cause: string; readonly isSilent: boolean };

export type RequestAnswer = { readonly kind: 'ready'; readonly authority: string } | Rejected | Unknown;

/** What a receipt says. Money counts without it too. */
export type GatewayReceipt = {
  readonly refNumber: string | null;
  readonly cardNumber: string | null;
  /** The gateway's own mark of the card: capital hexadecimal of a SHA-256. */
  readonly cardHash: string | null;
  /** Rials that it keeps of the amount; null when it does not say. */
  readonly feeRials: bigint | null;
};

export type VerifyAnswer =
  | ({ readonly kind: 'paid' } & GatewayReceipt)
  /** Not paid, or not yet. */
  | { readonly kind: 'notPaid'; readonly code: number }
  /** Never to be settled: another amount, or a session of somebody else's. */
  | { readonly kind: 'mismatch'; readonly of: 'amount' | 'session'; readonly code: number }
  | Rejected
  | Unknown;

/** PAID is paid and waits to be verified; IN_BANK is under way or was left. */
export type SessionStatus = 'IN_BANK' | 'PAID' | 'VERIFIED' | 'FAILED' | 'REVERSED';
export type InquiryAnswer = { readonly kind: 'status'; readonly status: SessionStatus } | Rejected | Unknown;

type UnVerifiedSession = {
  readonly authority: string;
  readonly amountRials: bigint | null;
};
export type UnVerifiedAnswer =
  | { readonly kind: 'list'; readonly sessions: readonly UnVerifiedSession[] }
  | Rejected
  | Unknown;

export type ReverseAnswer =
  | { readonly kind: 'reversed' }
  /** Not successful, or given back already: the inquiry tells which. */
  | { readonly kind: 'notReversible'; readonly code: number }
  /** Never this way: too late, or the bank or our terminal does not allow it. */
  | Rejected
  | Unknown;
