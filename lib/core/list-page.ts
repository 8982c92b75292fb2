import { encodeCursor } from './cursor.ts';

/** One page of a list; `next` is the cursor of the page after it, null on the last. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

export const emptyPage: Page<never> = { items: [], next: null };

/** A page of a list by time: cuts off the one row that was asked for only to know whether there is more. */
export function pageOf<Row extends { at: string; id: string }>(
  rows: readonly Row[],
  size: number,
): Page<Row> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return { items, next: rows.length > size && last ? encodeCursor('time', [last.at, last.id]) : null };
}
