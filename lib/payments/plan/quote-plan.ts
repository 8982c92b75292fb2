import type { AccountRef } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
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
  if (!running) return 'new';
  if (running.planName === plan.name) return 'renewal';
  return isUpgrade(running, plan) ? 'upgrade' : 'downgrade';
}

/**
 * Says what a plan would cost an account now and which month it would bring. An upgrade starts now and is
 * credited for the rest of the month it ends; everything else follows what is paid already. Fails with
 * `notFound` for no such plan and `payment.notForSale` for one that this account cannot buy.
 */
export async function quotePlan(tx: Tx, owner: AccountRef, planName: string): Promise<Result<Quote>> {
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
  const startsNow = kind === 'new' || kind === 'upgrade';
  const rest = plan.priceRials - (waitsForEnd ? 0n : (credit?.creditRials ?? 0n));
  const payableRials = rest < minPayableRials ? minPayableRials : rest;
  if (payableRials > maxPayableRials) return fail('payment.notForSale', 'more than the gateway takes');
  const creditRials = plan.priceRials > payableRials ? plan.priceRials - payableRials : 0n;
  return succeed({
    plan,
    kind,
    priceRials: plan.priceRials,
    creditRials,
    payableRials,
    startsNow,
    ...(await previewPeriod(tx, owner, startsNow)),
    credit,
    waitsForEnd,
    replacesPeriodId: kind === 'upgrade' && running ? running.id : null,
  });
}
