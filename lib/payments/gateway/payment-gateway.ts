/** A gateway that takes money for us. Amounts are Rials. No adapter throws for what the other side does. */
export interface PaymentGateway {
  readonly name: 'zarinpal';
  /** Asks for an authority to pay under. Never repeated by itself: every success is another payable session. */
  request(order: PaymentOrder): Promise<RequestAnswer>;
  /** Settles what was paid, once; asked again it says the same. The only answer that counts as money. */
  verify(session: { authority: string; amountRials: bigint }): Promise<VerifyAnswer>;
  /** How a session stands, without touching it. */
  inquiry(authority: string): Promise<InquiryAnswer>;
  /** What was paid and not yet verified, at most the latest hundred. */
  unVerified(): Promise<UnVerifiedAnswer>;
  /** Gives a payment back, within thirty minutes of it. */
  reverse(authority: string): Promise<ReverseAnswer>;
  /** Where the payer goes. */
  payUrl(authority: string): string;
}

export type PaymentOrder = {
  readonly paymentId: string;
  readonly amountRials: bigint;
  readonly description: string;
  readonly callbackUrl: string;
  /** As people here write it, 09.., digits only; null when it is not known. */
  readonly mobile: string | null;
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
  /** Another amount, or somebody else's session: never to be settled. */
  | { readonly kind: 'mismatch'; readonly code: number }
  | Rejected
  | Unknown;

/** PAID is paid and waits to be verified; IN_BANK is under way or was left. */
export type SessionStatus = 'IN_BANK' | 'PAID' | 'VERIFIED' | 'FAILED' | 'REVERSED';
export type InquiryAnswer = { readonly kind: 'status'; readonly status: SessionStatus } | Rejected | Unknown;

type UnVerifiedSession = {
  readonly authority: string;
  readonly amountRials: bigint | null;
  readonly callbackUrl: string | null;
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

/** What an authority looks like: prefix A from production, S from a sandbox. */
export const authorityPattern = /^[AS][0-9a-zA-Z]{35}$/;
