import type { AccountRef } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { type MessageKind, webhookLimits } from '../kinds.ts';

/** The line of messages. Every "now" here is the database's own. */

export type DueMessage = {
  id: string;
  event: MessageKind;
  subjectId: string;
  createdAt: Date;
  attempts: number;
  endpointId: string;
  url: string;
  secretVersion: number;
  rotatedAt: Date | null;
};

/** A message that was taken comes back after so long if whoever took it has ended. */
const claimSeconds = 60;

/** Takes messages whose time has come, oldest first; each is another worker's at most after a minute. */
export async function claimDue(tx: Tx, limit: number): Promise<DueMessage[]> {
  return tx.$queryRaw<DueMessage[]>`
    WITH due AS (
      SELECT id FROM webhook_messages WHERE next_at <= now() ORDER BY next_at LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE webhook_messages m SET attempts = attempts + 1,
        next_at = clock_timestamp() + make_interval(secs => ${claimSeconds}::int)
      FROM due WHERE m.id = due.id
      RETURNING m.id, m.event, m.subject_id, m.created_at, m.attempts, m.endpoint_id
    )
    SELECT t.id::text, t.event, t.subject_id::text AS "subjectId", t.created_at AS "createdAt", t.attempts,
      t.endpoint_id::text AS "endpointId", e.url, e.secret_version AS "secretVersion", e.rotated_at AS "rotatedAt"
    FROM taken t JOIN webhook_endpoints e ON e.id = t.endpoint_id`;
}

/** Notes how an attempt ended; `againInSeconds`: when the next one comes, null for never. */
export async function noteAttempt(
  tx: Tx,
  id: string,
  attempt: { status: number | null; error: string | null; delivered: boolean; againInSeconds: number | null },
): Promise<void> {
  const { status, error, delivered, againInSeconds } = attempt;
  await tx.$executeRaw`
    UPDATE webhook_messages SET last_status = ${status}::smallint, last_error = ${error},
      delivered_at = CASE WHEN ${delivered} THEN clock_timestamp() END,
      next_at = clock_timestamp() + make_interval(secs => ${againInSeconds}::int)
    WHERE id = ${id}::uuid`;
}

/** Notes that an address took a message, or did not. */
export async function noteHealth(tx: Tx, endpointId: string, isWell: boolean): Promise<void> {
  await tx.$executeRaw`
    UPDATE webhook_endpoints SET failing_since = CASE WHEN NOT ${isWell} THEN coalesce(failing_since, clock_timestamp()) END
    WHERE id = ${endpointId}::uuid AND disabled_at IS NULL AND (failing_since IS NULL) <> ${isWell}`;
}

/** Switches an address off that took nothing for days, with what waits for it; whose it is, null when it goes on. */
export async function disableFailing(
  tx: Tx,
  endpointId: string,
): Promise<{ owner: AccountRef; url: string } | null> {
  const [row] = await tx.$queryRaw<[{ userId: string | null; vendorId: string | null; url: string }?]>`
    UPDATE webhook_endpoints SET disabled_at = clock_timestamp()
    WHERE id = ${endpointId}::uuid AND disabled_at IS NULL
      AND failing_since < clock_timestamp() - make_interval(days => ${webhookLimits.failingDays}::int)
    RETURNING user_id::text AS "userId", vendor_id::text AS "vendorId", url`;
  if (!row) return null;
  await tx.$executeRaw`
    UPDATE webhook_messages SET next_at = NULL WHERE endpoint_id = ${endpointId}::uuid AND next_at IS NOT NULL`;
  const { userId, vendorId, url } = row;
  const owner: AccountRef = userId
    ? { kind: 'user', accountId: userId }
    : { kind: 'vendor', accountId: vendorId ?? '' };
  return { owner, url };
}

/** Forgets messages after their thirty days; how many. */
export async function deleteOldMessages(limit: number): Promise<number> {
  return db().$executeRaw`
    DELETE FROM webhook_messages WHERE id IN (
      SELECT id FROM webhook_messages
      WHERE next_at IS NULL AND created_at < now() - make_interval(days => ${webhookLimits.keptDays}::int)
      LIMIT ${limit})`;
}
