import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { applyDuePrices, dropComingPrice, lockPlan, setComingPrice } from './store.ts';

/**
 * Has a plan cost something else from a day to come. Payments that are begun before keep their price. Fails with
 * `state.illegal` for a free plan, and beside the field for a day that has begun.
 */
export async function setPrice(
  actor: AdminActor,
  { id, startsAt, priceRials }: { id: string; startsAt: Date; priceRials: bigint },
): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan) return fail('notFound', `no plan ${id}`);
    if (plan.priceRials === 0n) return fail('state.illegal', `plan ${plan.name} stays free`);
    if (startsAt.getTime() <= Date.now()) {
      return fail('input.invalid', 'a day that has begun', { fields: { startsOn: 'admin.plan.dayPast' } });
    }
    await setComingPrice(tx, { planId: id, startsAt, priceRials, createdBy: actor.userId });
    await recordEvent(tx, actor, 'plan.price', {
      resource: 'plan',
      resourceId: id,
      metadata: { plan: plan.name, from: startsAt.toISOString(), priceRials: Number(priceRials) },
    });
    return succeed(null);
  });
}

/** Takes a price back that has not begun. Fails with `notFound` when there is none. */
export async function dropPrice(
  actor: AdminActor,
  { id, startsAt }: { id: string; startsAt: Date },
): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan || !(await dropComingPrice(tx, id, startsAt)))
      return fail('notFound', `no price of ${id} then`);
    await recordEvent(tx, actor, 'plan.price', {
      resource: 'plan',
      resourceId: id,
      metadata: { plan: plan.name, from: startsAt.toISOString(), priceRials: null },
    });
    return succeed(null);
  });
}

/** Shows prices that have begun where plans are shown. Run by the worker; what is paid never waits for it. */
export async function applyPrices(): Promise<void> {
  const applied = await transact(async (tx) => succeed(await applyDuePrices(tx)));
  if (applied.ok && applied.value > 0) log.info({ changed: applied.value }, 'prices have begun');
}
