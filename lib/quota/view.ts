import type { QuotaRow, VendorQuotaRow } from './store.ts';

/** What an account may still do, as its owner sees it. `periodEnd` is ISO 8601 in UTC. */
export type QuotaView = {
  planName: string | null;
  freeRemaining: number;
  paidLimit: number;
  paidUsed: number;
  totalRemaining: number;
  imagesLimit: number;
  imagesRemaining: number;
  periodEnd: string | null;
};

export function toQuotaView(row: QuotaRow): QuotaView {
  const { planName, freeRemaining, paidLimit, paidUsed, totalRemaining, imagesLimit, imagesRemaining } = row;
  const periodEnd = row.periodEnd?.toISOString() ?? null;
  return {
    planName,
    freeRemaining,
    paidLimit,
    paidUsed,
    totalRemaining,
    imagesLimit,
    imagesRemaining,
    periodEnd,
  };
}

/** What a vendor may still add to its gallery. `periodEnd` is ISO 8601 in UTC. */
export type VendorQuotaView = {
  planName: string | null;
  freeRemaining: number;
  totalRemaining: number;
  periodEnd: string | null;
};

export function toVendorQuotaView(row: VendorQuotaRow): VendorQuotaView {
  const { planName, freeRemaining, totalRemaining } = row;
  return { planName, freeRemaining, totalRemaining, periodEnd: row.periodEnd?.toISOString() ?? null };
}
