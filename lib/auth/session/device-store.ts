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

/** Deletes codes a day after their end (budgets reach back that far) and sessions three months after theirs. */
export async function deleteOldIdentity(tx: Tx): Promise<{ codes: number; sessions: number }> {
  const codes = await tx.$executeRaw`
    DELETE FROM otps WHERE expires_at < clock_timestamp() - interval '25 hours'`;
  const sessions = await tx.$executeRaw`
    DELETE FROM sessions
    WHERE least(expires_at, absolute_expires_at, coalesce(revoked_at, 'infinity')) < clock_timestamp() - interval '90 days'`;
  return { codes, sessions };
}
