import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { forgetKnown } from '#lib/db/last-known.ts';
import { transact } from '#lib/db/transact.ts';
import { plansKnownAs } from '#lib/payments/policy.ts';
import { lockPlan, type PlanChange, writePlan } from './store.ts';

/** The plans that everybody begins with: without them nobody could be given a free month. */
const always = new Set(['free', 'vendor_free']);

/**
 * Changes what a plan will be from now on. What was bought is frozen on its payment and its period, so nobody's month
 * changes; a quote that somebody is looking at no longer holds and they are shown the new one. Fails with
 * `state.illegal` when a free plan would get a price or would not be offered any more, and when `before` is not what
 * the plan is: somebody else changed it while this person was writing.
 */
export async function updatePlan(
  actor: AdminActor,
  { id, before, change }: { id: string; before: string; change: PlanChange },
): Promise<Result<null>> {
  const written = await transact<null>(async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan) return fail('notFound', `no plan ${id}`);
    if (planMark(plan) !== before) return fail('state.illegal', `plan ${plan.name} was changed meanwhile`);
    if (
      always.has(plan.name) !== (change.pricePerMonthCents === 0n) ||
      (always.has(plan.name) && !change.isActive)
    ) {
      return fail('state.illegal', `plan ${plan.name} stays free or paid, and offered when free`);
    }
    await writePlan(tx, id, change);
    await recordEvent(tx, actor, 'plan.update', {
      resource: 'plan',
      resourceId: id,
      metadata: { plan: plan.name, before: planMark(plan), after: planMark(change) },
    });
    return succeed(null);
  });
  if (written.ok) forgetKnown(plansKnownAs);
  return written;
}

/** What a plan is, in one line: for the audit log, and to notice that somebody else has changed it. */
export function planMark(plan: PlanChange): string {
  const { displayName, description, pricePerMonthCents, monthlyConversionsLimit, monthlyImagesLimit } = plan;
  return JSON.stringify([
    displayName,
    description,
    String(pricePerMonthCents),
    monthlyConversionsLimit,
    monthlyImagesLimit,
    plan.isActive,
  ]);
}
