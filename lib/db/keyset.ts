import type { TimeCursor } from '#lib/core/cursor.ts';
import { Prisma } from '#prisma/generated/client.ts';

function after(table: string, order: '<' | '>', cursor: TimeCursor | null): Prisma.Sql {
  if (!cursor) return Prisma.empty;
  const [at, id] = cursor;
  const name = Prisma.raw(table);
  return Prisma.sql`AND (${name}.created_at, ${name}.id) ${Prisma.raw(order)} (${at}::timestamptz, ${id}::uuid)`;
}

/**
 * The condition of the next page of a list, newest first: the rows after the cursor by time and id, which an index
 * finds at once however far down the list; nothing on the first page. It begins with `AND`.
 *
 * @param table The name under which the statement knows the table.
 */
export const olderThan = (table: string, cursor: TimeCursor | null) => after(table, '<', cursor);

/** The same for a list with the oldest first. */
export const newerThan = (table: string, cursor: TimeCursor | null) => after(table, '>', cursor);
