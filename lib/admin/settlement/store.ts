import type { TimeCursor } from '#lib/core/cursor.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Settlement reports beside payments and refunds. Whether a line matches is read as it stands now. */

/** A line of a settlement report. Amounts in Rials. */
export type ReportLine = {
  readonly line: number;
  readonly kind: 'sale' | 'refund';
  /** The number of the bank deposit it is a part of. */
  readonly deposit: string | null;
  readonly dated: string | null;
  readonly authority: string | null;
  readonly refNumber: string | null;
  readonly amountRials: bigint;
  readonly feeRials: bigint | null;
};

type MatchState = 'unknown' | 'unpaid' | 'notRefunded' | 'amount' | 'twice';

export async function insertReport(
  tx: Tx,
  {
    name,
    gateway,
    hash,
    importedBy,
    lines,
  }: {
    name: string;
    gateway: GatewayName;
    hash: string;
    importedBy: string;
    lines: readonly ReportLine[];
  },
): Promise<string | null> {
  if (await tx.settlementReport.findUnique({ where: { contentHash: hash }, select: { id: true } }))
    return null;
  const { id } = await tx.settlementReport.create({
    data: { name, gateway, contentHash: hash, importedBy },
    select: { id: true },
  });
  await tx.settlementLine.createMany({
    data: lines.map(({ line, kind, deposit, dated, authority, refNumber, amountRials, feeRials }) => ({
      reportId: id,
      line,
      kind,
      deposit,
      dated,
      authority,
      refNumber,
      amount: amountRials,
      fee: feeRials,
    })),
  });
  return id;
}

/** Takes over what the gateway kept of payments for which it had not said so. */
export async function takeFees(tx: Tx, reportId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE payments p SET gateway_fee = m.fee FROM settlement_matches m
    WHERE m.report_id = ${reportId}::uuid AND m.payment_id = p.id AND m.kind = 'sale' AND m.state = 'matched'
      AND m.fee IS NOT NULL AND p.gateway_fee IS NULL`;
}

export type ReportRow = {
  readonly id: string;
  readonly at: string;
  readonly name: string;
  readonly gateway: string;
  readonly createdAt: Date;
  readonly lines: number;
  readonly deposits: number;
  readonly unmatched: number;
  readonly amountRials: bigint;
  readonly feeRials: bigint;
  readonly refundRials: bigint;
};

/** Reports of a gateway or of all, newest first, after the cursor, with how far they match. */
export async function listReports(
  tx: Tx,
  gateway: string | null,
  after: TimeCursor | null,
  limit: number,
): Promise<ReportRow[]> {
  return tx.$queryRaw<ReportRow[]>`
    SELECT t.id, t.created_at::text AS at, t.name, t.gateway, t.created_at AS "createdAt", s.* FROM (
      SELECT * FROM settlement_reports WHERE (${gateway}::text IS NULL OR gateway = ${gateway}) ${olderThan('settlement_reports', after)}
      ORDER BY created_at DESC, id DESC LIMIT ${limit}) t, LATERAL (
      SELECT count(*)::int AS lines, count(DISTINCT m.deposit)::int AS deposits,
        count(*) FILTER (WHERE m.state <> 'matched')::int AS unmatched,
        coalesce(sum(m.amount) FILTER (WHERE m.kind = 'sale'), 0)::bigint AS "amountRials",
        coalesce(sum(m.fee), 0)::bigint AS "feeRials",
        coalesce(sum(m.amount) FILTER (WHERE m.kind = 'refund'), 0)::bigint AS "refundRials"
      FROM settlement_matches m WHERE m.report_id = t.id) s
    ORDER BY t.created_at DESC, t.id DESC`;
}

export type OddLine = {
  readonly line: number;
  readonly kind: 'sale' | 'refund';
  readonly state: MatchState;
  readonly deposit: string | null;
  readonly dated: string | null;
  readonly reference: string;
  readonly amountRials: bigint;
  readonly paymentId: string | null;
};

/** The lines of a report that match nothing, in its own order. */
export async function listOddLines(tx: Tx, reportId: string, limit: number): Promise<OddLine[]> {
  return tx.$queryRaw<OddLine[]>`
    SELECT line, kind, state, deposit, dated, coalesce(ref_number, authority) AS reference, amount AS "amountRials",
      payment_id AS "paymentId"
    FROM settlement_matches WHERE report_id = ${reportId}::uuid AND state <> 'matched' ORDER BY line LIMIT ${limit}`;
}

export type UnsettledPayment = {
  readonly id: string;
  readonly paidAt: Date;
  readonly amountRials: bigint;
  readonly refNumber: string | null;
};

/** Payments between the first and the last that a report matches which no report has. */
export async function listUnsettled(tx: Tx, reportId: string, limit: number): Promise<UnsettledPayment[]> {
  return tx.$queryRaw<UnsettledPayment[]>`
    SELECT p.id, p.paid_at AS "paidAt", p.amount AS "amountRials", p.gateway_ref_number AS "refNumber"
    FROM (SELECT min(y.paid_at) AS first, max(y.paid_at) AS last FROM settlement_matches m JOIN payments y ON y.id = m.payment_id
          WHERE m.report_id = ${reportId}::uuid AND m.kind = 'sale') span
    JOIN payments p ON p.paid_at BETWEEN span.first AND span.last
    WHERE p.status = 'completed' AND p.gateway = (SELECT gateway FROM settlement_reports WHERE id = ${reportId}::uuid)
      AND NOT EXISTS (
      SELECT 1 FROM settlement_lines l WHERE l.kind = 'sale'
        AND (l.authority = p.gateway_track_id OR l.ref_number = p.gateway_ref_number))
    ORDER BY p.paid_at, p.id LIMIT ${limit}`;
}

export type DepositRow = {
  readonly deposit: string;
  readonly lines: number;
  readonly unmatched: number;
  readonly netRials: bigint;
};

/** Each bank deposit of a report: what it should come to. */
export async function listDeposits(tx: Tx, reportId: string, limit: number): Promise<DepositRow[]> {
  return tx.$queryRaw<DepositRow[]>`
    SELECT deposit, count(*)::int AS lines, count(*) FILTER (WHERE state <> 'matched')::int AS unmatched,
      sum(CASE kind WHEN 'sale' THEN amount ELSE -amount END - coalesce(fee, 0))::bigint AS "netRials"
    FROM settlement_matches WHERE report_id = ${reportId}::uuid AND deposit IS NOT NULL
    GROUP BY deposit ORDER BY min(line) LIMIT ${limit}`;
}
