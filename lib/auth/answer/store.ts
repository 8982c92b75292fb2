import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What requests under an Idempotency-Key were answered. */

/** What a program was told: a status and a body of JSON. */
export type KeptAnswer = { readonly status: number; readonly body: string };

/** A claim older than this belongs to a process that died. */
const claimSeconds = 60;
const answerHours = 24;

type Claim = { readonly isMine: boolean; readonly hash: string; readonly answer: KeptAnswer | null };

/** Takes an id for a request, or finds what stands there; both at once, so that of two at the same time one works. */
export async function claimAnswer(
  tx: Tx,
  { kind, accountId }: AccountRef,
  id: string,
  hash: string,
): Promise<Claim> {
  const [userId, vendorId] = kind === 'user' ? [accountId, null] : [null, accountId];
  const [row] = await tx.$queryRaw<
    [{ isMine: boolean; hash: string; status: number | null; body: string | null }?]
  >`
    WITH taken AS (
      INSERT INTO api_answers AS a (id, user_id, vendor_id, request_hash, claimed_at)
      VALUES (${id}::uuid, ${userId}::uuid, ${vendorId}::uuid, ${hash}, clock_timestamp())
      ON CONFLICT (id) DO UPDATE SET request_hash = excluded.request_hash, claimed_at = excluded.claimed_at, status = NULL, body = NULL
        WHERE a.claimed_at < clock_timestamp() - make_interval(hours => ${answerHours}::int)
          OR a.status IS NULL AND a.request_hash = excluded.request_hash
            AND a.claimed_at < clock_timestamp() - make_interval(secs => ${claimSeconds}::int)
      RETURNING request_hash)
    SELECT true AS "isMine", request_hash AS hash, NULL::smallint AS status, NULL AS body FROM taken
    UNION ALL
    SELECT false, request_hash, status, body FROM api_answers WHERE id = ${id}::uuid AND NOT EXISTS (SELECT 1 FROM taken)`;
  // Taken by another transaction that this statement's snapshot does not see yet.
  if (!row) return { isMine: false, hash, answer: null };
  const { isMine, status, body } = row;
  return { isMine, hash: row.hash, answer: status === null ? null : { status, body: body ?? '' } };
}

/** Keeps what a request was answered. */
export async function keepAnswer(tx: Tx, id: string, { status, body }: KeptAnswer): Promise<void> {
  await tx.$executeRaw`UPDATE api_answers SET status = ${status}::smallint, body = ${body} WHERE id = ${id}::uuid`;
}

/** Gives an id back: what was answered may be another answer the next time. */
export async function dropAnswer(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM api_answers WHERE id = ${id}::uuid AND status IS NULL`;
}

/** Forgets so many answers after their day; how many. */
export async function deleteOldAnswers(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM api_answers WHERE id = ANY (ARRAY(
      SELECT id FROM api_answers WHERE claimed_at < now() - make_interval(hours => ${answerHours}::int)
      ORDER BY claimed_at LIMIT ${limit}))`;
}
