import { toAsciiDigits } from '#lib/core/phone.ts';
import type { Unknown } from './payment-gateway.ts';

/** What any gateway answers, once it was read. */
export type Envelope =
  | { readonly kind: 'data'; readonly code: number; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly code: number }
  /** Nothing that can be read: an outage's page, half an answer, something else. */
  | { readonly kind: 'unreadable'; readonly cause: string; readonly isSilent: boolean };

/** Nothing of an answer is repeated in a cause: it may name the payer. */
export const unreadable = (cause: string): Envelope => ({ kind: 'unreadable', cause, isSilent: false });

/** An answer that can be read and says nothing that one can go by. */
export const strange = (what: string): Unknown => ({
  kind: 'unknown',
  cause: `strange ${what}`,
  isSilent: false,
});

/** What may be kept of a card, whatever a gateway sends: its first six digits and its last four. */
export function maskCard(text: string): string | null {
  const plain = toAsciiDigits(text).replaceAll(/[\s-]/g, '').replaceAll(/[xX]/g, '*');
  if (!/^[\d*]{10,19}$/.test(plain)) return null;
  return `${plain.slice(0, 6)}${'*'.repeat(plain.length - 10)}${plain.slice(-4)}`;
}
