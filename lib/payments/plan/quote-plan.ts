import type { AccountRef } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { computeDiscount } from '../coupon/compute-discount.ts';
import { findCoupon } from '../coupon/store.ts';
import { maxPayableRials, minPayableRials } from '../policy.ts';
import { computeCredit } from './compute-credit.ts';
import type { CreditView, PurchaseKind, Quote } from './store.ts';
import {
  findPlanForSale,
  findRunningPeriod,
  type PlanForSale,
  previewPeriod,
  type RunningPeriod,
} from './store.ts';

/** An upgrade costs more today, or gives more for the same. */
function isUpgrade(running: RunningPeriod, plan: PlanForSale): boolean {
  if (plan.priceRials !== running.planPriceRials) return plan.priceRials > running.planPriceRials;
  return plan.conversionsLimit + plan.imagesLimit > running.conversionsLimit + running.imagesLimit;
}

/** A plan is sold by its conversions; one without any, by its images. */
function creditOf(running: RunningPeriod): CreditView {
  const { daysTotal, daysLeft, valueRials } = running;
  const byConversions = running.boughtConversions > 0;
  const quotaLimit = byConversions ? running.boughtConversions : running.boughtImages;
  const quotaLeft = byConversions
    ? running.conversionsLimit - running.conversionsUsed
    : running.imagesLimit - running.imagesUsed;
  return {
    planName: running.planName,
    paidRials: valueRials,
    daysLeft,
    daysTotal,
    quota: byConversions ? 'conversions' : 'images',
    quotaLeft,
    quotaLimit,
    ...computeCredit({ valueRials, daysTotal, daysLeft, quotaLimit, quotaLeft }),
  };
}

function kindOf(running: RunningPeriod | null, plan: PlanForSale): PurchaseKind {
  if (plan.term === 'once') return 'pack';
  if (!running) return 'new';
  if (running.planName === plan.name) return 'renewal';
  return isUpgrade(running, plan) ? 'upgrade' : 'downgrade';
}

type Reduced = Pick<Quote, 'coupon' | 'discountRials' | 'payableRials'>;

/** What a code makes of a price, or why it makes nothing of it. */
async function reduce(
  tx: Tx,
  owner: AccountRef,
  plan: PlanForSale,
  { code, payableRials }: { code: string; payableRials: bigint },
): Promise<Result<Reduced>> {
  const coupon = await findCoupon(tx, owner, plan.id, code);
  if (!coupon?.isOpen) return fail('coupon.unknown', 'no such code now');
  if (!coupon.isFitting) return fail('coupon.unfit', `code ${coupon.id} is not for plan ${plan.name}`);
  if (coupon.isUsedUp) return fail('coupon.over', `code ${coupon.id} is used up`);
  if (coupon.isUsedByOwner) return fail('coupon.mine', `code ${coupon.id} was used by this ${owner.kind}`);
  const reduced = computeDiscount(coupon, payableRials);
  if (reduced.discountRials === 0n)
    return fail('coupon.unfit', `nothing can be taken off ${payableRials} Rials`);
  return succeed({ ...reduced, coupon: { id: coupon.id, code: coupon.code } });
}

/**
 * Says what a plan would cost an account now and which month it would bring. An upgrade starts now and is
 * credited for the rest of the month it ends; everything else follows what is paid already; a code takes off what then
 * remains. Fails with `notFound` for no such plan, `payment.notForSale` for one that this account cannot buy, and
 * `coupon.unknown`, `.unfit`, `.over` or `.mine` for a code that takes nothing off.
 */
export async function quotePlan(
  tx: Tx,
  owner: AccountRef,
  planName: string,
  code: string | null = null,
): Promise<Result<Quote>> {
  const plan = await findPlanForSale(tx, planName);
  if (!plan) return fail('notFound', `no plan ${planName}`);
  if (plan.audience !== owner.kind || plan.priceRials <= 0n) {
    return fail('payment.notForSale', `plan ${plan.name} is not for a ${owner.kind} to buy`);
  }
  const running = await findRunningPeriod(tx, owner);
  const wanted = kindOf(running, plan);
  const credit = running && wanted === 'upgrade' ? creditOf(running) : null;
  // Nobody is paid out: a rest worth more than the plan is used up first.
  const waitsForEnd = credit !== null && credit.creditRials >= plan.priceRials;
  const kind = waitsForEnd ? 'downgrade' : wanted;
  const startsNow = kind === 'new' || kind === 'upgrade' || kind === 'pack';
  const rest = plan.priceRials - (waitsForEnd ? 0n : (credit?.creditRials ?? 0n));
  const payableRials = rest < minPayableRials ? minPayableRials : rest;
  if (payableRials > maxPayableRials) return fail('payment.notForSale', 'more than the gateway takes');
  const creditRials = plan.priceRials > payableRials ? plan.priceRials - payableRials : 0n;
  const whole = { coupon: null, discountRials: 0n, payableRials };
  const reduced = code === null ? succeed(whole) : await reduce(tx, owner, plan, { code, payableRials });
  if (!reduced.ok) return reduced;
  return succeed({
    plan,
    kind,
    priceRials: plan.priceRials,
    creditRials,
    ...reduced.value,
    startsNow,
    month: kind === 'pack' ? null : await previewPeriod(tx, owner, startsNow),
    credit,
    waitsForEnd,
    replacesPeriodId: kind === 'upgrade' && running ? running.id : null,
  });
}
