import type { Rial } from '#lib/core/money.ts';
import { minPayableRials } from '../policy.ts';

type Coupon = { readonly kind: 'percent' | 'amount' | 'gift'; readonly value: bigint };
export type Discounted = { readonly discountRials: Rial; readonly payableRials: Rial };

/**
 * What a code takes off what would be paid without it, in Rials and whole Toman. Either all of it, and no gateway is
 * asked, or so much that the gateway's least remains.
 */
export function computeDiscount({ kind, value }: Coupon, payableRials: Rial): Discounted {
  const exact = kind === 'percent' ? (payableRials * value) / 100n : kind === 'amount' ? value : 0n;
  const offered = exact - (exact % 10n);
  if (offered >= payableRials) return { discountRials: payableRials, payableRials: 0n };
  const rest = payableRials - offered;
  const left = rest < minPayableRials ? minPayableRials : rest;
  return { discountRials: payableRials - left, payableRials: left };
}
