import { encodeTimeCursor } from '#lib/core/time-cursor.ts';
import { pageSize } from './policy.ts';

/** One page of a list; `next` is the cursor of the page after it, null on the last. */
export type Page<Row> = { readonly items: readonly Row[]; readonly next: string | null };

/** Cuts the one row off that was asked for only to know whether there is more. */
export function pageOf<Row extends { at: string; id: string }>(rows: readonly Row[]): Page<Row> {
  const items = rows.slice(0, pageSize);
  const last = items.at(-1);
  return { items, next: rows.length > pageSize && last ? encodeTimeCursor(last) : null };
}
