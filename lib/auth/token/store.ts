import type { AccountKind } from '#lib/core/actor.ts';
import { askOften } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { TokenLife, TokenScope } from './kinds.ts';

/** Personal tokens in the database. One lives while it is not revoked and not past its end. */

const owner = (kind: AccountKind) => Prisma.raw(kind === 'user' ? 'user_id' : 'vendor_id');
const live = Prisma.sql`revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp())`;

export type LiveToken = {
  tokenId: string;
  kind: AccountKind;
  accountId: string;
  scopes: TokenScope[];
  /** The row is due for another note of when it was used. */
  isStale: boolean;
};

// A function of the database, because nobody acts before it is answered.
const liveToken = `
  SELECT token_id AS "tokenId", kind, account_id AS "accountId", scopes, is_stale AS "isStale" FROM find_live_token($1)`;

/** A token that may be used now, of an account that may act; asked with every request of the API. */
export async function findLiveToken(hash: string): Promise<LiveToken | null> {
  const [row] = await askOften<LiveToken>('live-token', liveToken, [hash]);
  return row ?? null;
}

/** Notes that a token was used. */
export async function touchToken(tx: Tx, tokenId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE api_tokens SET last_used_at = clock_timestamp() WHERE id = ${tokenId}::uuid AND revoked_at IS NULL`;
}

export type NewToken = {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly hint: string;
  readonly scopes: readonly TokenScope[];
  readonly days: TokenLife;
};

/** Makes a token, unless it was made before or as many are alive as may be; the row of the account is locked. */
export async function insertToken(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  token: NewToken,
  most: number,
): Promise<'new' | 'before' | 'too many'> {
  const account = Prisma.raw(kind === 'user' ? 'users' : 'vendors');
  await tx.$queryRaw`SELECT 1 FROM ${account} WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
  const [known] = await tx.$queryRaw<[{ before: boolean; alive: number }]>`
    SELECT coalesce(bool_or(id = ${token.id}::uuid AND revoked_at IS NULL), false) AS before, count(*) FILTER (WHERE ${live})::int AS alive
    FROM api_tokens WHERE ${owner(kind)} = ${accountId}::uuid`;
  if (known.before) return 'before';
  if (known.alive >= most) return 'too many';
  await tx.$executeRaw`
    INSERT INTO api_tokens (id, ${owner(kind)}, name, token_hash, hint, scopes, expires_at)
    VALUES (${token.id}::uuid, ${accountId}::uuid, ${token.name}, ${token.hash}, ${token.hint}, ${[...token.scopes]}::text[],
      CASE WHEN ${token.days}::int > 0 THEN clock_timestamp() + make_interval(days => ${token.days}::int) END)`;
  return 'new';
}

/** Ends a token of an account; false when it had ended already or is somebody else's. */
export async function revokeTokenRow(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  tokenId: string,
): Promise<boolean> {
  const ended = await tx.$executeRaw`
    UPDATE api_tokens SET revoked_at = clock_timestamp()
    WHERE id = ${tokenId}::uuid AND ${owner(kind)} = ${accountId}::uuid AND revoked_at IS NULL`;
  return ended === 1;
}

export type TokenRow = {
  id: string;
  name: string;
  hint: string;
  scopes: TokenScope[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
};

/** The tokens of an account that can be used now, newest first. */
export async function listTokenRows(tx: Tx, kind: AccountKind, accountId: string): Promise<TokenRow[]> {
  return tx.$queryRaw<TokenRow[]>`
    SELECT id::text, name, hint, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt"
    FROM api_tokens WHERE ${owner(kind)} = ${accountId}::uuid AND ${live}
    ORDER BY created_at DESC, id`;
}

/** Forgets so many tokens three months after their end; how many. */
export async function deleteOldTokens(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM api_tokens WHERE id = ANY (ARRAY(
      SELECT id FROM api_tokens
      WHERE least(coalesce(expires_at, 'infinity'), coalesce(revoked_at, 'infinity')) < now() - interval '90 days'
      LIMIT ${limit}))`;
}
