import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import type { TimeCursor } from '#lib/core/cursor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { exportRowsAtMost } from '../policy.ts';
import { type AuditEntry, type AuditFilter, listAuditEntries } from './store.ts';

const batch = 1000;
const columns = ['at', 'actor_type', 'actor_id', 'action', 'resource', 'resource_id', 'metadata'];

/**
 * A cell by RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe. Whatever any of them takes
 * for the end of a cell is quoted: opened by a double click, LibreOffice splits at commas, semicolons and tabs alike.
 */
export function csvCell(text: string | null): string {
  const plain = text ?? '';
  const safe = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",;\s]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly (string | null)[]) => `${cells.map(csvCell).join(',')}\r\n`;

const lineOf = (entry: AuditEntry) =>
  line([
    entry.createdAt.toISOString(),
    entry.actorType,
    entry.actorId,
    entry.action,
    entry.resource,
    entry.resourceId,
    JSON.stringify(entry.metadata),
  ]);

async function* lines(filter: AuditFilter): AsyncGenerator<string> {
  // Excel reads UTF-8 only behind this mark.
  yield `\uFEFF${line(columns)}`;
  let after: TimeCursor | null = null;
  for (let sent = 0; sent < exportRowsAtMost; sent += batch) {
    const rows: AuditEntry[] = await listAuditEntries(db(), filter, after, batch);
    if (rows.length > 0) yield rows.map(lineOf).join('');
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
  const pieces = lines(filter);
  const encoder = new TextEncoder();
  return succeed(
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await pieces.return(undefined);
      },
    }),
  );
}
