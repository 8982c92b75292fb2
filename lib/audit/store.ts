import type { Tx } from '#lib/db/transact.ts';

/** How long it is kept where an event came from; the privacy page says so. */
const originDays = 90;

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
export async function insertAuditRow(tx: Tx, row: AuditRow): Promise<string> {
  // By the clock, not by the transaction: what happens in one has an order.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO audit_logs (user_id, vendor_id, actor_type, action, resource, resource_id, metadata, created_at)
    VALUES (${row.userId}::uuid, ${row.vendorId}::uuid, ${row.actorType}, ${row.action}, ${row.resource},
      ${row.resourceId}, ${JSON.stringify(row.metadata)}::jsonb, clock_timestamp())
    RETURNING id::text`;
  const id = rows[0]?.id;
  if (!id) throw new Error('an inserted audit row answered nothing');
  return id;
}

export type OriginRow = {
  auditId: string;
  accountId: string | null;
  phoneKey: string | null;
  address: string | null;
  userAgent: string | null;
};

export async function insertOrigin(tx: Tx, { address, ...row }: OriginRow): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit_origins (audit_id, account_id, phone_key, address, user_agent)
    VALUES (${row.auditId}::uuid, ${row.accountId}::uuid, ${row.phoneKey}, ${address}::inet, ${row.userAgent})`;
}

/** Deletes where the events of an account, and of its number, came from. */
export async function deleteOrigins(tx: Tx, accountId: string, key: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM audit_origins WHERE account_id = ${accountId}::uuid`;
  await tx.$executeRaw`DELETE FROM audit_origins WHERE phone_key = ${key}`;
}

/** Deletes so many of those that are older than they are kept; how many. */
export async function deleteOldOrigins(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM audit_origins WHERE audit_id = ANY (ARRAY(
      SELECT audit_id FROM audit_origins WHERE created_at < now() - make_interval(days => ${originDays}::int)
      ORDER BY created_at LIMIT ${limit}))`;
}

/** Forgets so many of the events that are older than so many days, oldest first; how many. */
export async function deleteOldEvents(tx: Tx, days: number, limit: number): Promise<number> {
  const [row] = await tx.$queryRaw<
    { gone: number }[]
  >`SELECT forget_audit_logs(${days}::int, ${limit}::int) AS gone`;
  return row?.gone ?? 0;
}

/**
 * Which of these ids are something of another account than this one. Tables that people name by id in what
 * they send stand here; the access tests notice one that is missing.
 */
export function findForeign(
  tx: Tx,
  ids: readonly string[],
  accountId: string,
): Promise<{ resource: string; id: string }[]> {
  const uuids = ids.filter((id) => id.includes('-'));
  const files = ids.filter((id) => !id.includes('-'));
  return tx.$queryRaw`
    SELECT resource, id FROM (
      SELECT 'image' AS resource, id::text, user_id, vendor_id FROM images WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'conversion', id::text, user_id, NULL FROM user_conversions WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'link', l.id::text, c.user_id, NULL FROM share_links l JOIN user_conversions c ON c.id = l.conversion_id
        WHERE l.id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'link', id::text, NULL, vendor_id FROM album_links WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'lead', id::text, NULL, vendor_id FROM leads WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'album', id::text, NULL, vendor_id FROM albums WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'payment', id::text, user_id, vendor_id FROM payments WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'session', id::text, user_id, vendor_id FROM sessions WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'webhook', id::text, user_id, vendor_id FROM webhook_endpoints WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'webhook', m.id::text, e.user_id, e.vendor_id FROM webhook_messages m JOIN webhook_endpoints e ON e.id = m.endpoint_id
        WHERE m.id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'messenger', id::text, user_id, NULL::uuid FROM bot_chats WHERE id = ANY (${uuids}::uuid[]) AND user_id IS NOT NULL
      UNION ALL
      SELECT 'token', id::text, user_id, vendor_id FROM api_tokens WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'notification', id::text, user_id, vendor_id FROM notifications WHERE id = ANY (${uuids}::uuid[])
      UNION ALL
      SELECT 'file', id, user_id, vendor_id FROM stored_files WHERE id = ANY (${files}::text[])
    ) found
    WHERE coalesce(user_id, vendor_id) <> ${accountId}::uuid`;
}

/** Whether the same reach of the same account was written down within the hour. */
export async function wasRefusedLately(
  tx: Tx,
  actor: { kind: 'user'; userId: string } | { kind: 'vendor'; vendorId: string },
  resourceId: string,
): Promise<boolean> {
  const [userId, vendorId] = actor.kind === 'user' ? [actor.userId, null] : [null, actor.vendorId];
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM audit_logs
    WHERE action = 'access.refuse' AND resource_id = ${resourceId}
      AND (user_id = ${userId}::uuid OR vendor_id = ${vendorId}::uuid)
      AND created_at > clock_timestamp() - interval '1 hour' LIMIT 1`;
  return rows.length > 0;
}
