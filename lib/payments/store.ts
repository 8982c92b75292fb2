import type { AccountRef } from '#lib/core/actor.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { Quote } from './plan/store.ts';
import { handOverSeconds, reuseSeconds } from './policy.ts';

/** Making payments. What was bought is frozen by the database once the row is there. */

export type PaymentStatus = 'pending' | 'completed' | 'failed' | 'cancelled' | 'expired';

/** Locks the buyer's account, before anything else, as every transaction does. False for an account that may not act. */
export async function lockBuyer(tx: Tx, { kind, accountId }: AccountRef): Promise<{ phone: string } | null> {
  const rows =
    kind === 'user'
      ? await tx.$queryRaw<{ phone: string }[]>`
          SELECT phone FROM users WHERE id = ${accountId}::uuid AND is_active AND is_phone_verified FOR NO KEY UPDATE`
      : await tx.$queryRaw<{ phone: string }[]>`
          SELECT phone FROM vendors WHERE id = ${accountId}::uuid AND is_active AND is_phone_verified FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/**
 * A payment of the same thing that the same account was just about to make: handed over and not returned from
 * yet, or being handed over right now. The page it returns to is renewed.
 */
export async function reusePayment(
  tx: Tx,
  { accountId }: AccountRef,
  quote: Quote,
  prefix: string,
): Promise<{ id: string; session: PaidSession | null } | null> {
  const rows = await tx.$queryRaw<{ id: string; gateway: string; authority: string | null }[]>`
    UPDATE payments SET return_url = ${prefix} || id
    WHERE id = (
      SELECT id FROM payments
      WHERE (user_id = ${accountId}::uuid OR vendor_id = ${accountId}::uuid)
        AND status = 'pending' AND plan_id = ${quote.plan.id}::uuid
        AND kind = ${quote.kind} AND amount = ${quote.payableRials} AND credit = ${quote.creditRials}
        AND discount = ${quote.discountRials} AND coupon_id IS NOT DISTINCT FROM ${quote.coupon?.id ?? null}::uuid
        AND conversions_limit = ${quote.plan.conversionsLimit} AND images_limit = ${quote.plan.imagesLimit}
        AND replaces_period_id IS NOT DISTINCT FROM ${quote.replacesPeriodId}::uuid
        AND returned_at IS NULL AND attention_reason IS NULL
        AND created_at > clock_timestamp() - make_interval(secs => ${reuseSeconds})
        AND (gateway_track_id IS NOT NULL OR created_at > clock_timestamp() - make_interval(secs => ${handOverSeconds}))
      ORDER BY created_at DESC LIMIT 1
    )
    RETURNING id, gateway, gateway_track_id AS authority`;
  const [row] = rows;
  if (!row) return null;
  const { id, gateway, authority } = row;
  return { id, session: authority ? { gateway, authority } : null };
}

/** What an account has bought of a plan just now with a code that paid for all of it. */
export async function findMadeByCode(
  tx: Tx,
  { accountId }: AccountRef,
  plan: string,
  code: string,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM payments p JOIN payment_plans y ON y.id = p.plan_id JOIN coupons o ON o.id = p.coupon_id
    WHERE (p.user_id = ${accountId}::uuid OR p.vendor_id = ${accountId}::uuid) AND y.name = ${plan} AND o.code = ${code}
      AND p.gateway = 'code' AND p.status = 'completed'
      AND p.created_at > clock_timestamp() - make_interval(secs => ${reuseSeconds})
    ORDER BY p.created_at DESC LIMIT 1`;
  return rows[0]?.id ?? null;
}

export type NewPayment = {
  readonly id: string;
  readonly owner: AccountRef;
  readonly quote: Quote;
  readonly description: string;
  readonly gateway: GatewayName | 'code';
  readonly callbackUrl: string;
  readonly returnUrl: string;
};

export async function insertPayment(tx: Tx, payment: NewPayment): Promise<void> {
  const { id, owner, quote, description, gateway, callbackUrl, returnUrl } = payment;
  const userId = owner.kind === 'user' ? owner.accountId : null;
  const vendorId = owner.kind === 'vendor' ? owner.accountId : null;
  await tx.$executeRaw`
    INSERT INTO payments (id, user_id, vendor_id, plan_id, amount, kind, credit, discount, coupon_id, gateway,
      payment_method, replaces_period_id, conversions_limit, images_limit, description, callback_url, return_url)
    VALUES (${id}::uuid, ${userId}::uuid, ${vendorId}::uuid, ${quote.plan.id}::uuid, ${quote.payableRials}::bigint,
      ${quote.kind}, ${quote.creditRials}::bigint, ${quote.discountRials}::bigint, ${quote.coupon?.id ?? null}::uuid,
      ${gateway}, ${gateway}, ${quote.replacesPeriodId}::uuid, ${quote.plan.conversionsLimit}::int,
      ${quote.plan.imagesLimit}::int, ${description}, ${callbackUrl}, ${returnUrl})`;
}

/** A session at a gateway that a payment can be paid under. */
export type PaidSession = { readonly gateway: string; readonly authority: string };

/** Notes where and under which authority a payment can be paid. False when it is not waiting for one any more. */
export async function storeSession(
  tx: Tx,
  id: string,
  { gateway, authority, callbackUrl }: PaidSession & { callbackUrl: string },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE payments SET gateway = ${gateway}, payment_method = ${gateway}, callback_url = ${callbackUrl},
      gateway_track_id = ${authority}, next_check_at = clock_timestamp() + interval '2 minutes'
    WHERE id = ${id}::uuid AND status = 'pending' AND gateway_track_id IS NULL`;
  return changed === 1;
}

/** Ends a payment that never reached the gateway: nobody can pay it. */
export async function failUnhanded(tx: Tx, id: string, answer: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE payments SET status = 'failed', last_answer = ${answer}
    WHERE id = ${id}::uuid AND status = 'pending' AND gateway_track_id IS NULL`;
  return changed === 1;
}

/** What is written down of a payment that a process died over before it reached the gateway. */
export const neverHanded = 'never handed over';

export type HandOver = {
  readonly status: PaymentStatus;
  readonly gateway: string;
  readonly authority: string | null;
  /** The process that began it has died over it. */
  readonly isLate: boolean;
  /** It was ended because of that. */
  readonly hasDied: boolean;
};

/** How far another click has come with handing a payment over. */
export async function findHandOver(tx: Tx, id: string): Promise<HandOver | null> {
  const rows = await tx.$queryRaw<HandOver[]>`
    SELECT status, gateway, gateway_track_id AS authority,
      created_at < clock_timestamp() - make_interval(secs => ${handOverSeconds}) AS "isLate",
      status = 'failed' AND last_answer IS NOT DISTINCT FROM ${neverHanded} AS "hasDied"
    FROM payments WHERE id = ${id}::uuid`;
  return rows[0] ?? null;
}

/** Has a person look at a payment, for this reason too. False when it stood there already. */
export async function callAttention(tx: Tx, id: string, reason: string): Promise<boolean> {
  const raised = await tx.$executeRaw`
    INSERT INTO payment_concerns (payment_id, reason) VALUES (${id}::uuid, ${reason}) ON CONFLICT DO NOTHING`;
  return raised === 1;
}

export type RefundMethod = 'reversal' | 'transfer';

export type RefundState = 'pending' | 'completed' | 'failed';
