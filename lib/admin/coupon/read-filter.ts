import { couponCode } from '#lib/payments/coupon/code.ts';
import { type CouponFilter, couponStates } from './store.ts';

/** The filter that an address carries: a state, and one code; what is no code finds none. */
export function readCouponFilter({
  q = '',
  show,
}: Readonly<Record<string, string | undefined>>): CouponFilter {
  const code = q.trim() ? (couponCode.safeParse(q).data ?? '') : null;
  return { state: couponStates.find((one) => one === show) ?? 'open', code };
}
