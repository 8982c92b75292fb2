import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';

export type QuotaRow = {
  planName: string | null;
  freeRemaining: number;
  paidLimit: number;
  paidUsed: number;
  paidRemaining: number;
  totalRemaining: number;
  imagesLimit: number;
  imagesUsed: number;
  imagesRemaining: number;
  periodStart: Date | null;
  periodEnd: Date | null;
};

/** What the account may still do, by the database's own function. */
export async function findQuota(tx: Tx | null, userId: string): Promise<QuotaRow> {
  const rows = await (tx ?? db()).$queryRaw<QuotaRow[]>`
    SELECT plan_name AS "planName", free_remaining AS "freeRemaining", paid_limit AS "paidLimit",
      paid_used AS "paidUsed", paid_remaining AS "paidRemaining", total_remaining AS "totalRemaining",
      images_limit AS "imagesLimit", images_used AS "imagesUsed", images_remaining AS "imagesRemaining",
      period_start AS "periodStart", period_end AS "periodEnd"
    FROM get_user_quota_status(${userId}::uuid)`;
  const row = rows[0];
  if (!row) throw new Error(`no quota status for user ${userId}`);
  return row;
}

export type VendorQuotaRow = {
  planName: string | null;
  freeRemaining: number;
  totalRemaining: number;
  periodEnd: Date | null;
};

/** What a vendor may still add to its gallery, by the database's own function. */
export async function findVendorQuota(tx: Tx | null, vendorId: string): Promise<VendorQuotaRow> {
  const rows = await (tx ?? db()).$queryRaw<VendorQuotaRow[]>`
    SELECT plan_name AS "planName", free_remaining AS "freeRemaining", total_remaining AS "totalRemaining",
      period_end AS "periodEnd"
    FROM get_vendor_quota_status(${vendorId}::uuid)`;
  const row = rows[0];
  if (!row) throw new Error(`no quota status for vendor ${vendorId}`);
  return row;
}

/** Lets accounts show the plan of the period they are in now; answers how many were looked at. */
export async function refreshShownPlans(): Promise<number> {
  const [row] = await db().$queryRaw<{ looked: number }[]>`SELECT refresh_account_plans() AS looked`;
  return row?.looked ?? 0;
}
