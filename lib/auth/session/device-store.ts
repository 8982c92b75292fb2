import type { AccountKind } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** The sessions of one account, as its owner sees them. */

const owner = (kind: AccountKind) => Prisma.raw(kind === 'user' ? 'user_id' : 'vendor_id');

export type DeviceRow = { id: string; userAgent: string | null; lastUsedAt: Date; createdAt: Date };

/** Every session that can be used now, the last used first. */
export async function listLiveSessions(tx: Tx, kind: AccountKind, accountId: string): Promise<DeviceRow[]> {
  return tx.$queryRaw<DeviceRow[]>`
    SELECT id, user_agent AS "userAgent", last_used_at AS "lastUsedAt", created_at AS "createdAt"
    FROM sessions
    WHERE ${owner(kind)} = ${accountId}::uuid AND revoked_at IS NULL
      AND expires_at > clock_timestamp() AND absolute_expires_at > clock_timestamp()
    ORDER BY last_used_at DESC, id LIMIT 100`;
}

/** The agents that an account was used with before, ended sessions too. */
export async function listKnownAgents(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
): Promise<(string | null)[]> {
  const rows = await tx.$queryRaw<{ userAgent: string | null }[]>`
    SELECT DISTINCT user_agent AS "userAgent" FROM (
      SELECT user_agent FROM sessions WHERE ${owner(kind)} = ${accountId}::uuid ORDER BY last_used_at DESC LIMIT 200
    ) recent`;
  return rows.map(({ userAgent }) => userAgent);
}

/** Deletes so many codes a day after their end: budgets reach back that far. How many. */
export async function deleteOldCodes(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM otps WHERE id = ANY (ARRAY(
      SELECT id FROM otps WHERE expires_at < now() - interval '25 hours' ORDER BY expires_at LIMIT ${limit}))`;
}

/** Deletes so many sessions three months after their end; how many. */
export async function deleteOldSessions(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM sessions WHERE id = ANY (ARRAY(
      SELECT id FROM sessions
      WHERE least(expires_at, absolute_expires_at, coalesce(revoked_at, 'infinity')) < now() - interval '90 days'
      ORDER BY least(expires_at, absolute_expires_at, coalesce(revoked_at, 'infinity')) LIMIT ${limit}))`;
}
