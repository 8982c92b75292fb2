import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { writeCsv } from '#lib/core/table/csv.ts';
import { transact } from '#lib/db/transact.ts';
import { exportedLists, type ListName, type ListQuery } from './lists.ts';

/**
 * A list of the console as CSV by its own filters, in pieces as somebody reads it: at most 100,000 rows. That it was
 * taken along is written down first.
 */
export async function exportList(
  actor: AdminActor,
  list: ListName,
  query: ListQuery,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const filter = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
  const noted = await transact(async (tx) => {
    await recordEvent(tx, actor, 'list.export', { resource: 'list', metadata: { ...filter, list } });
    return succeed(null);
  });
  if (!noted.ok) return noted;
  const { columns, rows } = exportedLists[list];
  return succeed(writeCsv({ columns, rows: rows(query) }));
}
