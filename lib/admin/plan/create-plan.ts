import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { forgetKnown } from '#lib/db/last-known.ts';
import { transact } from '#lib/db/transact.ts';
import { plansKnownAs } from '#lib/payments/policy.ts';
import { insertPlan, type NewPlan } from './store.ts';
import { planMark, whyUnfit } from './update-plan.ts';

/**
 * Makes a plan for a month, or a pack that is bought once. Its short name, audience and term never change; it is retired
 * by not being offered. Fails beside the field whose value another plan has, or that a pack cannot hold.
 */
export async function createPlan(actor: AdminActor, plan: NewPlan): Promise<Result<null>> {
  const made = await transact<null>(async (tx) => {
    const unfit = whyUnfit({ ...plan, isPack: plan.term === 'once' });
    if (unfit) return unfit;
    const id = await insertPlan(tx, plan);
    if (!id) {
      return fail('input.invalid', `plan ${plan.name} exists`, { fields: { name: 'admin.plan.shortTaken' } });
    }
    await recordEvent(tx, actor, 'plan.create', {
      resource: 'plan',
      resourceId: id,
      metadata: { plan: plan.name, audience: plan.audience, term: plan.term, after: planMark(plan) },
    });
    return succeed(null);
  });
  if (made.ok) forgetKnown(plansKnownAs);
  return made;
}
