import { decodeTimeCursor, encodeTimeCursor } from '#lib/core/time-cursor.ts';
import { db } from '#lib/db/client.ts';
import { type AttentionRow, listAttentionRows, listStrayRows, type StrayRow } from './store.ts';

/** What an operator must look at. The caller has made sure that it is one. */
export type Attention = {
  readonly payments: readonly AttentionRow[];
  readonly next: string | null;
  /** Money at the gateway that belongs to no payment of ours; on the first page only. */
  readonly strays: readonly StrayRow[];
};

const pageSize = 50;

export async function listAttention(cursor?: string): Promise<Attention> {
  const after = decodeTimeCursor(cursor);
  const [rows, strays] = await Promise.all([
    listAttentionRows(db(), after, pageSize + 1),
    after ? [] : listStrayRows(db(), pageSize),
  ]);
  const payments = rows.slice(0, pageSize);
  const last = payments.at(-1);
  return {
    payments,
    strays,
    next: rows.length > pageSize && last ? encodeTimeCursor(last) : null,
  };
}
