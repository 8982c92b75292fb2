import type { Phone } from '#lib/core/phone.ts';
import type { MessageAbout } from './try-store.ts';

/** One text message. `id` names it for good: sending the same id again must not deliver twice where that can be helped. */
export type SmsMessage = {
  readonly id: string;
  readonly to: Phone;
  readonly about: MessageAbout;
  /** The whole message, for an adapter that can send any text. */
  readonly text: string;
  /** The same for a provider that fills in approved templates: a code, or the name of our site. */
  readonly template: { readonly name: 'code' | 'notice'; readonly value: string };
};

/**
 * Why a message was not taken: it may be taken later or by somebody else (`retry`), never in this form
 * (`refuse`: the number or its content), not by this provider, which is well (`elsewhere`: it does not reach the number,
 * or carries no such message), or not before a person changes our settings (`misconfigured`).
 */
export type SmsFailure = {
  readonly ok: false;
  readonly kind: 'retry' | 'refuse' | 'elsewhere' | 'misconfigured';
  /** For the log: the provider's code, never the number, the text or a key. */
  readonly detail: string;
};

export type SmsOutcome = { readonly ok: true } | SmsFailure;

/** A provider of text messages. Never throws for what the other side does. */
export interface SmsSender {
  readonly name: string;
  send(message: SmsMessage): Promise<SmsOutcome>;
}

export const sent: SmsOutcome = { ok: true };

export function notSent(kind: SmsFailure['kind'], detail: string): SmsFailure {
  return { ok: false, kind, detail };
}
