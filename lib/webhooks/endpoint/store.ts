import type { AccountKind, AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { type MessageKind, type WebhookEvent, webhookLimits } from '../kinds.ts';

const owner = (kind: AccountKind) => Prisma.raw(kind === 'user' ? 'user_id' : 'vendor_id');

type NewEndpoint = { readonly id: string; readonly url: string; readonly events: readonly WebhookEvent[] };

/** Makes an endpoint, unless it was made before or there are as many as may be; the row of the account is locked. */
export async function insertEndpoint(
  tx: Tx,
  { kind, accountId }: AccountRef,
  { id, url, events }: NewEndpoint,
): Promise<'new' | 'before' | 'too many'> {
  const account = Prisma.raw(kind === 'user' ? 'users' : 'vendors');
  await tx.$queryRaw`SELECT 1 FROM ${account} WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
  const [known] = await tx.$queryRaw<[{ before: boolean; all: number }]>`
    SELECT coalesce(bool_or(id = ${id}::uuid), false) AS before, count(*)::int AS all
    FROM webhook_endpoints WHERE ${owner(kind)} = ${accountId}::uuid`;
  if (known.before) return 'before';
  if (known.all >= webhookLimits.perAccount) return 'too many';
  await tx.$executeRaw`
    INSERT INTO webhook_endpoints (id, ${owner(kind)}, url, events)
    VALUES (${id}::uuid, ${accountId}::uuid, ${url}, ${[...events]}::text[])`;
  return 'new';
}

/** Raises the version of an endpoint's secret; the new one, or null when it is not the account's. */
export async function raiseVersion(
  tx: Tx,
  { kind, accountId }: AccountRef,
  id: string,
): Promise<number | null> {
  const [row] = await tx.$queryRaw<[{ version: number }?]>`
    UPDATE webhook_endpoints SET secret_version = secret_version + 1, rotated_at = clock_timestamp()
    WHERE id = ${id}::uuid AND ${owner(kind)} = ${accountId}::uuid RETURNING secret_version AS version`;
  return row?.version ?? null;
}

/** Removes an endpoint with its messages; false when it is not the account's. */
export async function deleteEndpoint(tx: Tx, { kind, accountId }: AccountRef, id: string): Promise<boolean> {
  const gone = await tx.$executeRaw`
    DELETE FROM webhook_endpoints WHERE id = ${id}::uuid AND ${owner(kind)} = ${accountId}::uuid`;
  return gone === 1;
}

/** Puts a message back into the line, from its first attempt; false when it is not the account's or is in it already. */
export async function requeueMessage(tx: Tx, { kind, accountId }: AccountRef, id: string): Promise<boolean> {
  const queued = await tx.$executeRaw`
    UPDATE webhook_messages m SET attempts = 0, next_at = clock_timestamp(), delivered_at = NULL
    FROM webhook_endpoints e
    WHERE m.id = ${id}::uuid AND e.id = m.endpoint_id AND e.${owner(kind)} = ${accountId}::uuid AND m.next_at IS NULL
      AND e.disabled_at IS NULL`;
  return queued === 1;
}

/** Puts a message into the line that says nothing but that it arrives; false when the address is not the account's or is off. */
export async function insertPing(
  tx: Tx,
  { kind, accountId }: AccountRef,
  { endpointId, id }: { readonly endpointId: string; readonly id: string },
): Promise<boolean> {
  const put = await tx.$executeRaw`
    INSERT INTO webhook_messages (id, endpoint_id, event, subject_id)
    SELECT ${id}::uuid, id, 'ping', id FROM webhook_endpoints
    WHERE id = ${endpointId}::uuid AND ${owner(kind)} = ${accountId}::uuid AND disabled_at IS NULL
    ON CONFLICT (id) DO UPDATE SET event = excluded.event`;
  return put === 1;
}

/** Switches an address on again; false when it is not the account's. One that is on stays on. */
export async function enableRow(tx: Tx, { kind, accountId }: AccountRef, id: string): Promise<boolean> {
  const enabled = await tx.$executeRaw`
    UPDATE webhook_endpoints SET disabled_at = NULL, failing_since = CASE WHEN disabled_at IS NULL THEN failing_since END
    WHERE id = ${id}::uuid AND ${owner(kind)} = ${accountId}::uuid`;
  return enabled === 1;
}

export type EndpointRow = {
  id: string;
  url: string;
  events: WebhookEvent[];
  createdAt: Date;
  /** Since when nothing arrives there. */
  failingSince: Date | null;
  /** Since when it is switched off. */
  disabledAt: Date | null;
};
export type MessageRow = {
  id: string;
  endpointId: string;
  event: MessageKind;
  createdAt: Date;
  attempts: number;
  nextAt: Date | null;
  deliveredAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
};

export async function listEndpointRows(tx: Tx, { kind, accountId }: AccountRef): Promise<EndpointRow[]> {
  return tx.$queryRaw<EndpointRow[]>`
    SELECT id::text, url, events, created_at AS "createdAt", failing_since AS "failingSince", disabled_at AS "disabledAt"
    FROM webhook_endpoints
    WHERE ${owner(kind)} = ${accountId}::uuid ORDER BY created_at, id`;
}

/** The newest messages of each of these endpoints. */
export async function listMessageRows(tx: Tx, endpointIds: readonly string[]): Promise<MessageRow[]> {
  return tx.$queryRaw<MessageRow[]>`
    SELECT m.id::text, m.endpoint_id::text AS "endpointId", m.event, m.created_at AS "createdAt", m.attempts,
      m.next_at AS "nextAt", m.delivered_at AS "deliveredAt", m.last_status AS "lastStatus", m.last_error AS "lastError"
    FROM unnest(${[...endpointIds]}::uuid[]) AS e(id) CROSS JOIN LATERAL (
      SELECT * FROM webhook_messages WHERE endpoint_id = e.id ORDER BY created_at DESC, id LIMIT ${webhookLimits.shown}) m
    ORDER BY m.created_at DESC, m.id`;
}
