import type { AccountKind, AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { codeAttempts } from '../policy.ts';

/** Codes for signing in elsewhere, as the account they belong to sees them. */

const owner = (kind: AccountKind) => Prisma.raw(kind === 'user' ? 'user_id' : 'vendor_id');

const isOpen = Prisma.sql`purpose = 'phone_verify' AND step = 'sign_in' AND consumed_at IS NULL
  AND expires_at > clock_timestamp() AND attempt_count < ${codeAttempts}::int AND pending ->> 'message' = 'device'`;

export type OpenCodeRow = { id: string; asker: string | null; createdAt: Date; endsInSeconds: number };

/** Those that can be typed now, the newest first. `phone` is the account's own: codes are found by it. */
export async function listOpenCodeRows(
  tx: Tx,
  { kind, accountId }: AccountRef,
  phone: string,
): Promise<OpenCodeRow[]> {
  return tx.$queryRaw<OpenCodeRow[]>`
    SELECT id::text, pending ->> 'asker' AS asker, created_at AS "createdAt",
      ceil(extract(epoch FROM expires_at - clock_timestamp()))::int AS "endsInSeconds"
    FROM otps
    WHERE phone = ${phone} AND account_type = ${kind} AND account_id = ${accountId}::uuid AND ${isOpen}
    ORDER BY created_at DESC LIMIT 5`;
}

/** Ends all of them; how many. */
export async function refuseOpenCodes(
  tx: Tx,
  { kind, accountId }: AccountRef,
  phone: string,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE otps SET consumed_at = clock_timestamp(), pending = NULL
    WHERE phone = ${phone} AND account_type = ${kind} AND account_id = ${accountId}::uuid AND ${isOpen}`;
}

/** Whether an administrator's rights hang on this account. */
export async function isAdmin(tx: Tx, { kind, accountId }: AccountRef): Promise<boolean> {
  return kind === 'user' && (await tx.adminGrant.count({ where: { userId: accountId } })) > 0;
}

/**
 * Until when a session may last that is opened by this code: no longer than one that could have shown it. Null when none is left, or
 * one of the account's was ended after the code was made.
 */
export async function findCodeHorizon(
  tx: Tx,
  { kind, accountId }: AccountRef,
  codeId: string,
): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ horizon: Date | null }[]>`
    SELECT max(s.absolute_expires_at) AS horizon
    FROM sessions s JOIN otps o ON o.id = ${codeId}::uuid
    WHERE s.${owner(kind)} = ${accountId}::uuid AND s.created_at <= o.created_at AND s.revoked_at IS NULL
      AND s.expires_at > clock_timestamp() AND s.absolute_expires_at > clock_timestamp()
      AND NOT EXISTS (SELECT 1 FROM sessions e
        WHERE e.${owner(kind)} = ${accountId}::uuid AND e.revoked_at > o.created_at)`;
  return row?.horizon ?? null;
}

/** Ends a session by then at the latest. */
export async function limitSession(tx: Tx, sessionId: string, horizon: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE sessions SET absolute_expires_at = least(absolute_expires_at, ${horizon}),
      expires_at = least(expires_at, ${horizon})
    WHERE id = ${sessionId}::uuid`;
}
