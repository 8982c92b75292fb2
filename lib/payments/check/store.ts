import type { AccountRef } from '#lib/core/actor.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { PaymentStatus } from '../store.ts';

/** Following payments to their end. Time is the database's; moments travel as text, to the microsecond. */

/** How long a check that nobody keeps up has the payment to itself: its process died. */
const leaseSeconds = 15;

export async function databaseNow(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<{ now: string }[]>`SELECT clock_timestamp()::text AS now`;
  if (!row) throw new Error('the database has no clock');
  return row.now;
}

/** The payment behind an authority of a gateway; looked up by nothing else. */
export async function findByAuthority(
  tx: Tx,
  gateway: GatewayName,
  authority: string,
): Promise<{ id: string; status: PaymentStatus; returnUrl: string } | null> {
  const rows = await tx.$queryRaw<{ id: string; status: PaymentStatus; returnUrl: string }[]>`
    SELECT id, status, return_url AS "returnUrl" FROM payments
    WHERE gateway = ${gateway} AND gateway_track_id = ${authority}`;
  return rows[0] ?? null;
}

/** Notes that the payer came back, and has the gateway asked soon whatever becomes of this request. False if they had before. */
export async function noteReturn(tx: Tx, id: string): Promise<boolean> {
  const noted = await tx.$executeRaw`
    UPDATE payments SET returned_at = clock_timestamp(), next_check_at = clock_timestamp()
    WHERE id = ${id}::uuid AND returned_at IS NULL AND status <> 'completed'`;
  return noted === 1;
}

/** The right to ask the gateway about one payment, for a while. */
export type CheckClaim = {
  readonly id: string;
  readonly gateway: string;
  readonly authority: string;
  readonly amountRials: bigint;
  /** When this check began; every later write of it names it. */
  readonly began: string;
  /** Settled before: only whether the money is still there is asked. */
  readonly isPaid: boolean;
};

/**
 * Takes the right to ask, unless somebody else has it, it was asked less than a gap ago, or there is nothing to ask.
 * Whatever becomes of this check, the next one is not due before its lease is over: what cannot be asked or booked
 * keeps nobody else from it.
 */
export async function claimCheck(
  tx: Tx,
  id: string,
  { gapSeconds = 0, evenPaid = false }: { gapSeconds?: number; evenPaid?: boolean } = {},
): Promise<CheckClaim | null> {
  const rows = await tx.$queryRaw<CheckClaim[]>`
    UPDATE payments p SET checking_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}),
      check_began_at = clock_timestamp(), next_check_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${id}::uuid AND gateway_track_id IS NOT NULL
      AND (status <> 'completed'
        OR ${evenPaid} AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.id AND r.ends_purchase))
      AND (checking_until IS NULL OR checking_until < clock_timestamp())
      AND (checked_at IS NULL OR checked_at <= clock_timestamp() - make_interval(secs => ${gapSeconds}::int))
    RETURNING id, gateway, gateway_track_id AS authority, amount AS "amountRials", check_began_at::text AS began,
      status = 'completed' AS "isPaid"`;
  return rows[0] ?? null;
}

/** Goes on with a check that is under way. */
export async function keepCheck(tx: Tx, { id, began }: CheckClaim): Promise<void> {
  await tx.$executeRaw`
    UPDATE payments SET checking_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${id}::uuid AND check_began_at = ${began}::timestamptz AND checking_until IS NOT NULL`;
}

/** Whether a check that began after a moment has ended, or nothing is left to check. */
export async function isAnsweredSince(tx: Tx, id: string, moment: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ answered: boolean }[]>`
    SELECT status = 'completed' OR gateway_track_id IS NULL OR coalesce(checked_at > ${moment}::timestamptz, false) AS answered
    FROM payments WHERE id = ${id}::uuid`;
  return row?.answered ?? true;
}

export type LockedPayment = {
  readonly owner: AccountRef;
  readonly status: PaymentStatus;
  readonly planName: string;
  readonly amountRials: bigint;
  /** Of it, what has gone back. */
  readonly givenBackRials: bigint;
  readonly isPastExpiry: boolean;
  readonly isPastDay: boolean;
  /** The rest of its month was taken off the price of another one, which is paid and not given back. */
  readonly isSpent: boolean;
};

/** Locks owner, periods and payment, in the order that everybody keeps, and reads what it is now. */
export async function lockPayment(tx: Tx, id: string): Promise<LockedPayment> {
  await tx.$executeRaw`SELECT lock_payment_owner(p) FROM payments p WHERE id = ${id}::uuid`;
  type Row = Omit<LockedPayment, 'owner'> & { userId: string | null; vendorId: string | null };
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT p.user_id AS "userId", p.vendor_id AS "vendorId", p.status, y.name AS "planName", p.amount AS "amountRials",
      given_back(p.id) AS "givenBackRials", coalesce(p.expires_at < clock_timestamp(), false) AS "isPastExpiry",
      p.created_at < clock_timestamp() - interval '24 hours' AS "isPastDay",
(SELECT blocked_by IS NOT NULL FROM refund_effect(p.id, clock_timestamp())) AS "isSpent"
    FROM payments p JOIN payment_plans y ON y.id = p.plan_id
    WHERE p.id = ${id}::uuid FOR NO KEY UPDATE OF p`;
  if (!row) throw new Error(`payment ${id} is gone`);
  const { userId, vendorId, ...rest } = row;
  return { ...rest, owner: { kind: userId ? 'user' : 'vendor', accountId: userId ?? vendorId ?? '' } };
}

type Receipt = {
  readonly refNumber: string | null;
  readonly cardNumber: string | null;
  readonly cardHash: string | null;
  readonly feeRials: bigint | null;
};

/** Turns confirmed money into its month, once; the database decides where it goes. Null: no gateway had a part in it. */
export async function activatePayment(tx: Tx, id: string, receipt: Receipt | null): Promise<void> {
  await tx.$queryRaw`
    SELECT activate_payment(${id}::uuid, ${receipt?.refNumber}::text, ${receipt?.cardNumber}::text)::text AS period`;
  if (!receipt) return;
  await tx.$executeRaw`
    UPDATE payments SET gateway_fee = coalesce(gateway_fee, ${receipt.feeRials}::bigint),
      card_hash = coalesce(card_hash, ${receipt.cardHash}::text)
    WHERE id = ${id}::uuid AND (gateway_fee IS NULL OR card_hash IS NULL)`;
}

/** Whether another payment has the same receipt of the same gateway: then a person must look. */
export async function isRefRepeated(tx: Tx, id: string, refNumber: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM payments o WHERE gateway_ref_number = ${refNumber} AND id <> ${id}::uuid
      AND gateway = (SELECT gateway FROM payments WHERE id = ${id}::uuid) LIMIT 1`;
  return rows.length > 0;
}

export async function setStatus(tx: Tx, id: string, status: PaymentStatus): Promise<void> {
  await tx.$executeRaw`UPDATE payments SET status = ${status} WHERE id = ${id}::uuid`;
}

/**
 * Ends a check: what was said, and when the gateway is asked again. While somebody may still be paying, soon;
 * what seems over is asked about for a day in ever longer steps, because money can come late; an outcome that
 * nobody knows is asked for until it is known, each time after twice the wait. What is paid is looked at again a few
 * times, because money can go back: past the half hour in which the gateway reverses, a day and a week later.
 */
export async function endCheck(
  tx: Tx,
  claim: CheckClaim,
  ended: { answer: string; again: 'never' | 'late' | 'untilKnown' },
): Promise<void> {
  const isKnown = ended.again !== 'untilKnown';
  if (isKnown) {
    await tx.$executeRaw`
      DELETE FROM payment_concerns WHERE payment_id = ${claim.id}::uuid AND reason = 'outcome_unknown'`;
  }
  await tx.$executeRaw`
    UPDATE payments SET last_answer = ${ended.answer}, checked_at = ${claim.began}::timestamptz,
      checking_until = CASE WHEN check_began_at = ${claim.began}::timestamptz THEN NULL ELSE checking_until END,
      unknown_checks = CASE WHEN ${isKnown} THEN 0 ELSE unknown_checks + 1 END,
      next_check_at = CASE
        WHEN ${ended.again} = 'never' THEN NULL
        WHEN status = 'completed' THEN (
          SELECT min(paid_at + step) FROM unnest('{15 minutes,45 minutes,1 day,7 days}'::interval[]) step
          WHERE paid_at + step > clock_timestamp())
        WHEN NOT ${isKnown} THEN clock_timestamp() + least(
          interval '1 minute' * power(2, least(unknown_checks, 9)),
          CASE WHEN status = 'pending' AND created_at > clock_timestamp() - interval '1 hour'
            THEN interval '5 minutes' ELSE interval '6 hours' END)
        WHEN created_at > clock_timestamp() - interval '1 hour' AND status = 'pending'
          THEN clock_timestamp() + interval '1 minute'
        WHEN created_at < clock_timestamp() - interval '24 hours' THEN NULL
        ELSE clock_timestamp() + least(greatest(clock_timestamp() - created_at, interval '5 minutes'), interval '6 hours')
      END
    WHERE id = ${claim.id}::uuid`;
}

/** A payment that is to be asked about, and when that was last begun; null for never. */
export type WaitingCheck = { readonly id: string; readonly gateway: string; readonly askedAt: Date | null };

/** Payments whose outcome is to be asked for now, longest due first. */
export async function listDueChecks(tx: Tx, limit: number): Promise<WaitingCheck[]> {
  return tx.$queryRaw<WaitingCheck[]>`
    SELECT id, gateway, check_began_at AS "askedAt" FROM payments
    WHERE next_check_at <= now() AND (checking_until IS NULL OR checking_until < now())
    ORDER BY next_check_at, id LIMIT ${limit}`;
}

/** Pending payments that no process will hand to the gateway any more, and handed ones nobody follows. */
export async function listLeftBehind(
  tx: Tx,
  limit: number,
): Promise<(WaitingCheck & { isHanded: boolean })[]> {
  return tx.$queryRaw<(WaitingCheck & { isHanded: boolean })[]>`
    SELECT id, gateway, check_began_at AS "askedAt", gateway_track_id IS NOT NULL AS "isHanded" FROM payments
    WHERE status = 'pending' AND next_check_at IS NULL AND created_at < now() - interval '2 minutes'
      AND (gateway_track_id IS NULL OR expires_at < now())
    ORDER BY expires_at, id LIMIT ${limit}`;
}

/**
 * Which of these authorities of a gateway are ours. `isAskable`: its money is not settled, and the last answer about it said
 * something, or it is time to ask again.
 */
export async function findAuthorities(
  tx: Tx,
  gateway: GatewayName,
  authorities: readonly string[],
): Promise<(WaitingCheck & { authority: string; isAskable: boolean })[]> {
  return tx.$queryRaw<(WaitingCheck & { authority: string; isAskable: boolean })[]>`
    SELECT id, gateway, gateway_track_id AS authority, check_began_at AS "askedAt",
      status <> 'completed' AND (unknown_checks = 0 OR coalesce(next_check_at <= clock_timestamp(), true)) AS "isAskable"
    FROM payments
    WHERE gateway = ${gateway} AND gateway_track_id = ANY (${[...authorities]}::text[])`;
}

/** Keeps money that nobody asked for in sight. True when it is seen for the first time. */
export async function noteStray(tx: Tx, authority: string, amountRials: bigint): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isNew: boolean }[]>`
    INSERT INTO stray_authorities AS s (authority, amount) VALUES (${authority}, ${amountRials})
    ON CONFLICT (authority) DO UPDATE SET last_seen_at = clock_timestamp()
    RETURNING s.first_seen_at = s.last_seen_at AS "isNew"`;
  return row?.isNew ?? false;
}
