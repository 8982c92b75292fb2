import type { AccountKind } from '#lib/core/actor.ts';
import { askOften } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { sessionIdleDays, sessionMaxDays } from '../policy.ts';

/** Sessions in the database. A session lives while it is not revoked, not idle too long and not too old. */

const live =
  's.revoked_at IS NULL AND s.expires_at > clock_timestamp() AND s.absolute_expires_at > clock_timestamp()';

/** The token before the current one is still taken, for so many seconds. */
const isGrace = (seconds: string) =>
  `(s.current_used_at IS NULL OR s.current_used_at > clock_timestamp() - make_interval(secs => ${seconds}))`;

const owner = (kind: AccountKind) => Prisma.raw(kind === 'user' ? 'user_id' : 'vendor_id');

export type NewSession = {
  id: string;
  accountId: string;
  tokenSalt: string;
  tokenHash: string;
  userAgent: string | null;
  ip: string | null;
};

/** Opens a session in its first generation. */
export async function insertSession(tx: Tx, kind: AccountKind, session: NewSession): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO sessions (id, ${owner(kind)}, refresh_token_hash, token_salt, user_agent, ip, created_at, last_used_at,
      expires_at, absolute_expires_at)
    SELECT ${session.id}::uuid, ${session.accountId}::uuid, ${session.tokenHash}, ${session.tokenSalt},
      ${session.userAgent}, ${session.ip}::inet, now, now,
      now + make_interval(days => ${sessionIdleDays}::int), now + make_interval(days => ${sessionMaxDays}::int)
    FROM clock_timestamp() AS now`;
}

export type LiveSession = {
  sessionId: string;
  accountId: string;
  phone: string;
  /** A user's name, a vendor's business name. */
  name: string | null;
  avatarUrl: string | null;
  generation: number;
  /** The row is due for another note of when it was used. */
  isStale: boolean;
  /** Nobody has presented the current generation yet. */
  isFresh: boolean;
  /** The token before the current one is still taken for a late tab. */
  isGrace: boolean;
  tokenSalt: string;
  /** Until it ends however much it is used. */
  endsInSeconds: number;
};

// A function of the database, because nobody acts before it is answered.
const liveSession = `
  SELECT session_id AS "sessionId", account_id AS "accountId", phone, name, avatar_url AS "avatarUrl", generation,
    is_stale AS "isStale", is_fresh AS "isFresh", is_grace AS "isGrace", token_salt AS "tokenSalt",
    ends_in_seconds AS "endsInSeconds"
  FROM find_live_session($1, $2::uuid, $3::int)`;

/**
 * A session that may be used now, with the account it belongs to; null when revoked, lapsed or suspended. Asked with
 * every request of somebody signed in.
 */
export async function findLiveSession(
  kind: AccountKind,
  sessionId: string,
  graceSeconds: number,
): Promise<LiveSession | null> {
  const [row] = await askOften<LiveSession>('live-session', liveSession, [kind, sessionId, graceSeconds]);
  return row ?? null;
}

/** Which of these sessions, or tokens, of an account may be used now; none when the account may not. */
export async function listLiveSessions(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  sessionIds: readonly string[],
): Promise<Set<string>> {
  const account = kind === 'user' ? Prisma.sql`users` : Prisma.sql`vendors`;
  const wanted = Prisma.sql`${[...sessionIds]}::uuid[]`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id::text FROM (
      SELECT s.id FROM sessions s
      WHERE s.id = ANY (${wanted}) AND s.${owner(kind)} = ${accountId}::uuid AND ${Prisma.raw(live)}
      UNION ALL
      SELECT t.id FROM api_tokens t
      WHERE t.id = ANY (${wanted}) AND t.${owner(kind)} = ${accountId}::uuid AND t.revoked_at IS NULL
        AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
    ) s WHERE EXISTS (SELECT 1 FROM ${account} a WHERE a.id = ${accountId}::uuid AND a.is_active)`;
  return new Set(rows.map(({ id }) => id));
}

/** Notes that a session was used, and in which generation. */
export async function touchSession(tx: Tx, sessionId: string, generation: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE sessions SET last_used_at = clock_timestamp(),
      current_used_at = CASE WHEN rotation_counter = ${generation} THEN coalesce(current_used_at, clock_timestamp())
        ELSE current_used_at END
    WHERE id = ${sessionId}::uuid AND revoked_at IS NULL`;
}

/** Ends a session of an account; false when it had ended already or is somebody else's. */
export async function revokeSessionRow(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  sessionId: string,
): Promise<boolean> {
  const ended = await tx.$executeRaw`
    UPDATE sessions SET revoked_at = clock_timestamp()
    WHERE id = ${sessionId}::uuid AND ${owner(kind)} = ${accountId}::uuid AND revoked_at IS NULL`;
  return ended === 1;
}

/** Ends all sessions of an account, but one when it is named. Returns how many. */
export async function revokeSessionRows(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  exceptSessionId: string | null = null,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE sessions SET revoked_at = clock_timestamp()
    WHERE ${owner(kind)} = ${accountId}::uuid AND revoked_at IS NULL
      AND (${exceptSessionId}::uuid IS NULL OR id <> ${exceptSessionId}::uuid)`;
}

export type RotationRow = {
  accountId: string;
  tokenHash: string;
  tokenSalt: string;
  generation: number;
  isLive: boolean;
  /** The token before the current one is still taken for a lost answer. */
  isGrace: boolean;
};

/** Locks a session for its rotation. */
export async function lockSession(
  tx: Tx,
  kind: AccountKind,
  sessionId: string,
  graceSeconds: number,
): Promise<RotationRow | null> {
  const [row] = await tx.$queryRaw<RotationRow[]>`
    SELECT s.${owner(kind)} AS "accountId", s.refresh_token_hash AS "tokenHash", s.token_salt AS "tokenSalt",
      s.rotation_counter AS generation, ${Prisma.raw(live)} AS "isLive",
      ${Prisma.raw(isGrace(String(Math.trunc(graceSeconds))))} AS "isGrace"
    FROM sessions s
    WHERE s.id = ${sessionId}::uuid AND s.${owner(kind)} IS NOT NULL
    FOR UPDATE`;
  return row ?? null;
}

/** Moves a locked session to its next generation and gives it another idle span. */
export async function advanceSession(
  tx: Tx,
  sessionId: string,
  generation: number,
  tokenHash: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE sessions SET rotation_counter = ${generation}, refresh_token_hash = ${tokenHash},
      rotated_at = clock_timestamp(), current_used_at = NULL, last_used_at = clock_timestamp(),
      -- Of a full hour, so that most rotations leave it, and with it every index, as it is.
      expires_at = least(absolute_expires_at, date_trunc('hour', clock_timestamp() + interval '1 hour') + make_interval(days => ${sessionIdleDays}::int))
    WHERE id = ${sessionId}::uuid`;
}
