import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import type { TimeCursor } from '#lib/core/cursor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { writeCsv } from '#lib/core/table/csv.ts';
import type { Cell } from '#lib/core/table/table.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { exportRowsAtMost } from '../policy.ts';
import { type AuditEntry, type AuditFilter, listAuditEntries } from './store.ts';

const batch = 1000;
const columns = ['at', 'actor_type', 'actor_id', 'action', 'resource', 'resource_id', 'metadata'];

const cellsOf = (entry: AuditEntry): Cell[] => [
  entry.createdAt.toISOString(),
  entry.actorType,
  entry.actorId,
  entry.action,
  entry.resource,
  entry.resourceId,
  JSON.stringify(entry.metadata),
];

async function* rowsOf(filter: AuditFilter): AsyncGenerator<Cell[]> {
  let after: TimeCursor | null = null;
  for (let sent = 0; sent < exportRowsAtMost; sent += batch) {
    const rows: AuditEntry[] = await listAuditEntries(db(), filter, after, batch);
    yield* rows.map(cellsOf);
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = [last.at, last.id];
  }
}

/**
 * The audit log as CSV, newest first, in pieces as somebody reads them: at most 100,000 rows. That it was taken along
 * is written down first.
 */
export async function exportAudit(
  actor: AdminActor,
  filter: AuditFilter,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const noted = await transact(async (tx) => {
    const { action = null, account = null, target = null, byAdmin = false } = filter;
    await recordEvent(tx, actor, 'audit.export', { metadata: { action, account, target, byAdmin } });
    return succeed(null);
  });
  if (!noted.ok) return noted;
  return succeed(writeCsv({ columns, rows: rowsOf(filter) }));
}
