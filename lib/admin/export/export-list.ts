import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { writeCsv } from '#lib/core/table/csv.ts';
import type { ExportFormat } from '#lib/core/table/table.ts';
import { transact } from '#lib/db/transact.ts';
import { exportedLists, type ListName, type ListQuery } from './lists.ts';
import { writeXlsx } from './xlsx.ts';

/**
 * A list of the console as CSV or as a workbook by its own filters, in pieces as somebody reads it: at most 100,000 rows. That it was
 * taken along is written down first.
 */
export async function exportList(
  actor: AdminActor,
  list: ListName,
  query: ListQuery,
  { format, locale }: { format: ExportFormat; locale: Locale },
): Promise<Result<ReadableStream<Uint8Array>>> {
  const filter = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
  const noted = await transact(async (tx) => {
    await recordEvent(tx, actor, 'list.export', { resource: 'list', metadata: { ...filter, list, format } });
    return succeed(null);
  });
  if (!noted.ok) return noted;
  const { columns, rows } = exportedLists[list];
  const table = { columns, rows: rows(query) };
  return succeed(
    format === 'csv' ? writeCsv(table) : writeXlsx(table, { name: list, isRightToLeft: locale === 'fa' }),
  );
}
