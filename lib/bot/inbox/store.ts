import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { botLimits } from '../policy.ts';

/** The line of what people wrote, and who asks for it. Every "now" here is the database's own. */

/** As it came, with what it is known by. Ids fit into a number exactly. */
export type SentUpdate = {
  readonly updateId: number;
  readonly chatId: number | null;
  readonly body: unknown;
};

/** Puts updates into the line; one that was seen before changes nothing. How many are new. */
export async function insertUpdates(
  tx: Tx,
  platform: BotPlatform,
  updates: readonly SentUpdate[],
): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO bot_updates (platform, update_id, chat_id, body)
    SELECT ${platform}, u.update_id, u.chat_id, u.body
    FROM jsonb_to_recordset(${JSON.stringify(
      updates.map(({ updateId, chatId, body }) => ({ update_id: updateId, chat_id: chatId, body })),
    )}::jsonb) AS u(update_id bigint, chat_id bigint, body jsonb)
    ON CONFLICT DO NOTHING`;
}

export type DueUpdate = { platform: BotPlatform; updateId: number; body: unknown; attempts: number };

/**
 * Takes updates whose time has come, of each chat the first alone, so that one is dealt with after the other. They come back
 * when whoever took them has ended.
 */
export async function claimUpdates(
  tx: Tx,
  platforms: readonly BotPlatform[],
  limit: number,
): Promise<DueUpdate[]> {
  return tx.$queryRaw<DueUpdate[]>`
    WITH due AS (
      SELECT platform, update_id FROM bot_updates u
      WHERE next_at <= now() AND platform = ANY (${[...platforms]}::text[])
        AND NOT EXISTS (SELECT 1 FROM bot_updates e
          WHERE e.platform = u.platform AND e.chat_id = u.chat_id AND e.update_id < u.update_id AND e.next_at IS NOT NULL)
      ORDER BY next_at, update_id LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    )
    UPDATE bot_updates u SET attempts = attempts + 1,
      next_at = clock_timestamp() + make_interval(secs => ${botLimits.claimSeconds}::int)
    FROM due WHERE u.platform = due.platform AND u.update_id = due.update_id
    RETURNING u.platform, u.update_id::float8 AS "updateId", u.body, u.attempts`;
}

/** Notes that an update was dealt with: what was written goes, that it was seen stays. */
export async function endUpdate(tx: Tx, platform: BotPlatform, updateId: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE bot_updates SET body = NULL, next_at = NULL
    WHERE platform = ${platform} AND update_id = ${updateId}::bigint`;
}

/** Puts an update off. */
export async function delayUpdate(
  tx: Tx,
  platform: BotPlatform,
  updateId: number,
  seconds: number,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE bot_updates SET next_at = clock_timestamp() + make_interval(secs => ${seconds}::int)
    WHERE platform = ${platform} AND update_id = ${updateId}::bigint AND next_at IS NOT NULL`;
}

/**
 * Takes or keeps the right to ask a messenger for updates; the update to ask from, or null while another worker has it. Two
 * that ask at once would be refused by the messenger, both of them.
 */
export async function holdPolling(tx: Tx, platform: BotPlatform, holder: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<[{ next: number }?]>`
    INSERT INTO bot_pollers AS p (platform, holder, held_until)
    VALUES (${platform}, ${holder}, clock_timestamp() + make_interval(secs => ${botLimits.leaseSeconds}::int))
    ON CONFLICT (platform) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
      WHERE p.holder = excluded.holder OR p.held_until < clock_timestamp()
    RETURNING next_update::float8 AS next`;
  return row?.next ?? null;
}

/** Notes up to which update everything is in the line: with the next question the messenger forgets what is before it. */
export async function advancePolling(tx: Tx, platform: BotPlatform, next: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE bot_pollers SET next_update = greatest(next_update, ${next}::bigint) WHERE platform = ${platform}`;
}

/** Lets another worker ask at once. */
export async function releasePolling(tx: Tx, platform: BotPlatform, holder: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE bot_pollers SET held_until = clock_timestamp() WHERE platform = ${platform} AND holder = ${holder}`;
}

/** Forgets which updates were seen long ago; how many. */
export async function deleteOldUpdates(limit: number): Promise<number> {
  return db().$executeRaw`
    DELETE FROM bot_updates WHERE (platform, update_id) IN (
      SELECT platform, update_id FROM bot_updates
      WHERE received_at < now() - make_interval(days => ${botLimits.seenDays}::int) LIMIT ${limit})`;
}
