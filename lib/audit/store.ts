import type { Tx } from '#lib/db/transact.ts';

export type AuditRow = {
  userId: string | null;
  vendorId: string | null;
  actorType: 'system' | 'user' | 'vendor' | 'admin';
  action: string;
  resource: string | null;
  resourceId: string | null;
  metadata: Record<string, string | number | boolean | null>;
};

/** Appends one row; the table itself refuses every later change to it. */
export async function insertAuditRow(tx: Tx, row: AuditRow): Promise<void> {
  await tx.auditLog.create({ data: row });
}
