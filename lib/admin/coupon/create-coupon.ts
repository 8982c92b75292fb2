import { randomInt } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { findPlanAudience, insertCoupon, type NewCoupon, retireCoupon as retire } from './store.ts';

/** Letters and digits that nobody takes for each other, written or said. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** The most that a code of a kind gives: per cent, Rials, conversions or images. */
const largest = { percent: 100n, amount: 1_000_000_000n, gift: 1000n } as const;

/** A code that nobody guesses: 50 bits and more. */
export function randomCode(): string {
  return Array.from({ length: 11 }, () => signs[randomInt(signs.length)]).join('');
}

/**
 * Makes a code: off a price, or a present. Without a wish of its own it is a random one. Fails beside its field when the
 * code exists, when the plan does not, when its end is before its beginning, and for what does not fit its kind. Answers with the code.
 */
export async function createCoupon(
  actor: AdminActor,
  wanted: Omit<NewCoupon, 'code'> & { code: string | null },
): Promise<Result<{ code: string }>> {
  const code = wanted.code ?? randomCode();
  const wrong = (field: string, message: string) =>
    fail('input.invalid', `${field} of a code`, { fields: { [field]: `admin.coupons.${message}` } });
  const { kind, value, startsAt, endsAt, planName, audience } = wanted;
  if (value > largest[kind]) return wrong('value', 'valueWrong');
  if (kind === 'gift' && !audience) return wrong('audience', 'giftAudience');
  if (kind === 'gift' && wanted.useLimit === null) return wrong('useLimit', 'giftLimit');
  if (kind === 'gift' && planName !== null) return wrong('planName', 'giftPlan');
  if (endsAt && endsAt.getTime() <= (startsAt?.getTime() ?? Date.now())) return wrong('endsOn', 'endFirst');
  return transact<{ code: string }>(async (tx) => {
    if (planName !== null) {
      const whose = await findPlanAudience(tx, planName);
      if (!whose || (audience && whose !== audience)) return wrong('planName', 'planUnfit');
    }
    const id = await insertCoupon(tx, { ...wanted, code }, actor.userId);
    if (!id) return wrong('code', 'taken');
    await recordEvent(tx, actor, 'coupon.create', {
      resource: 'coupon',
      resourceId: id,
      metadata: {
        kind: wanted.kind,
        value: Number(wanted.value),
        plan: planName,
        audience,
        useLimit: wanted.useLimit,
        perPerson: wanted.perPerson,
        endsAt: endsAt?.toISOString() ?? null,
      },
    });
    return succeed({ code });
  });
}

/** Takes a code out of use; purchases that hold it go on. */
export async function retireCoupon(actor: AdminActor, id: string): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    if (!(await retire(tx, id))) return fail('state.illegal', `code ${id} is retired, or there is none`);
    await recordEvent(tx, actor, 'coupon.retire', { resource: 'coupon', resourceId: id });
    return succeed(null);
  });
}
