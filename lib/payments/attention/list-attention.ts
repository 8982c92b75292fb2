import { decodeCursor } from '#lib/core/cursor.ts';
import { pageOf } from '#lib/core/list-page.ts';
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
/** Each of them is dismissed or stays: they are looked at whole. */
const straysAtMost = 500;

export async function listAttention(cursor?: string): Promise<Attention> {
  const after = decodeCursor('time', cursor);
  const [rows, strays] = await Promise.all([
    listAttentionRows(db(), after, pageSize + 1),
    after ? [] : listStrayRows(db(), straysAtMost),
  ]);
  const { items: payments, next } = pageOf(rows, pageSize);
  return { payments, strays, next };
}
