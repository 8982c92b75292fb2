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
 * Changes what a plan will be from now on, and what it is called. What was bought is frozen on its payment and its
 * period, so nobody's month changes; a quote that somebody is looking at no longer holds and they are shown the new one.
 * Fails with `state.illegal` when a free plan would get a price or would not be offered any more, when a paid one would
 * become free, and when `before` is not what the plan is: somebody else changed it while this person was writing.
 */
export async function updatePlan(
  actor: AdminActor,
  { id, before, change }: { id: string; before: string; change: PlanChange },
): Promise<Result<null>> {
  const written = await transact<null>(async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan) return fail('notFound', `no plan ${id}`);
    if (planMark(plan) !== before) return fail('state.illegal', `plan ${plan.name} was changed meanwhile`);
    if (always.has(plan.name) !== (change.priceRials === 0n) || (always.has(plan.name) && !change.isActive)) {
      return fail('state.illegal', `plan ${plan.name} stays free or paid, and offered when free`);
    }
    const unfit = whyUnfit({ ...change, audience: plan.audience, isPack: plan.isPack });
    if (unfit) return unfit;
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

type Given = Pick<PlanChange, 'conversionsLimit' | 'imagesLimit'> & { audience: string; isPack: boolean };

/** Why a pack cannot hold this: conversions are a person's, places in the gallery a vendor's. */
export function whyUnfit({ audience, isPack, conversionsLimit, imagesLimit }: Given) {
  if (!isPack) return null;
  const [given, other] =
    audience === 'user' ? [conversionsLimit, imagesLimit] : [imagesLimit, conversionsLimit];
  if (given > 0 && other === 0) return null;
  const field = audience === 'user' ? 'conversions' : 'images';
  return fail('input.invalid', 'a pack holds one thing', {
    fields: { [field]: `admin.plan.pack.${audience}` },
  });
}

/** What a plan is, in one line: for the audit log, and to notice that somebody else has changed it. */
export function planMark(plan: PlanChange): string {
  const { nameFa, nameEn, descriptionFa, descriptionEn, priceRials, conversionsLimit, imagesLimit } = plan;
  return JSON.stringify([
    nameFa,
    nameEn,
    descriptionFa,
    descriptionEn,
    String(priceRials),
    conversionsLimit,
    imagesLimit,
    plan.isActive,
  ]);
}
