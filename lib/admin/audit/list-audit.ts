import { z } from 'zod';
import { auditActions } from '#lib/audit/audit-actions.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { db } from '#lib/db/client.ts';
import { pageSize } from '../policy.ts';
import { type AuditEntry, type AuditFilter, listAuditEntries } from './store.ts';

const known: ReadonlySet<string> = new Set(auditActions);

/** The filter that an address carries; what is no filter is left out. */
export function readAuditFilter(query: Readonly<Record<string, string | undefined>>): AuditFilter {
  const id = (text: string | undefined) => {
    const trimmed = text?.trim().toLowerCase();
    return trimmed && z.uuid().safeParse(trimmed).success ? trimmed : undefined;
  };
  return {
    action: query.action && known.has(query.action) ? query.action : undefined,
    byAdmin: query.by === 'admin',
    account: id(query.account),
    target: id(query.target),
  };
}

/** What was written down, newest first. */
export async function listAudit(filter: AuditFilter, cursor?: string): Promise<Page<AuditEntry>> {
  return pageOf(await listAuditEntries(db(), filter, decodeCursor('time', cursor), pageSize + 1), pageSize);
}
