import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { botLimits } from '../policy.ts';

/** Conversions whose results a chat waits for. Every "now" here is the database's own. */

/** Notes that a chat waits for these conversions; a second time it changes nothing. */
export async function insertOrders(tx: Tx, chatId: string, conversionIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO bot_orders (conversion_id, bot_chat_id)
    SELECT id, ${chatId}::uuid FROM unnest(${[...conversionIds]}::uuid[]) AS id
    ON CONFLICT DO NOTHING`;
}

export type DueOrder = {
  conversionId: string;
  botChatId: string;
  userId: string;
  platform: BotPlatform;
  chatId: number;
  language: Locale;
  attempts: number;
  hasPicture: boolean;
};

/** Takes orders whose conversion has ended, where somebody listens; they come back when whoever took them has ended. */
export async function claimOrders(
  tx: Tx,
  platforms: readonly BotPlatform[],
  limit: number,
): Promise<DueOrder[]> {
  return tx.$queryRaw<DueOrder[]>`
    WITH due AS (
      SELECT o.conversion_id FROM bot_orders o
      JOIN bot_chats c ON c.id = o.bot_chat_id JOIN user_conversions v ON v.id = o.conversion_id
      WHERE o.next_at <= now() AND c.platform = ANY (${[...platforms]}::text[])
        AND c.silent_at IS NULL AND v.status IN ('completed', 'failed') AND v.user_id = c.user_id
      ORDER BY o.next_at LIMIT ${limit}
      FOR UPDATE OF o SKIP LOCKED
    ), taken AS (
      UPDATE bot_orders o SET attempts = attempts + 1,
        next_at = clock_timestamp() + make_interval(secs => ${botLimits.claimSeconds}::int)
      FROM due WHERE o.conversion_id = due.conversion_id
      RETURNING o.*
    )
    SELECT t.conversion_id::text AS "conversionId", t.bot_chat_id::text AS "botChatId", c.user_id::text AS "userId",
      c.platform, c.chat_id::float8 AS "chatId", c.language, t.attempts, t.has_picture AS "hasPicture"
    FROM taken t JOIN bot_chats c ON c.id = t.bot_chat_id`;
}

/** The picture has arrived; the file is still to come. */
export async function notePicture(tx: Tx, conversionId: string): Promise<void> {
  await tx.$executeRaw`UPDATE bot_orders SET has_picture = true WHERE conversion_id = ${conversionId}::uuid`;
}

export async function delayOrder(tx: Tx, conversionId: string, seconds: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE bot_orders SET next_at = clock_timestamp() + make_interval(secs => ${seconds}::int)
    WHERE conversion_id = ${conversionId}::uuid`;
}

/** Forgets what chats that hear nothing have waited for too long; how many. */
export async function deleteOldOrders(limit: number): Promise<number> {
  return db().$executeRaw`
    DELETE FROM bot_orders WHERE conversion_id IN (
      SELECT conversion_id FROM bot_orders
      WHERE created_at < now() - make_interval(days => ${botLimits.strangerDays}::int) LIMIT ${limit})`;
}

/** The chat waits for it no more. */
export async function deleteOrder(tx: Tx, conversionId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM bot_orders WHERE conversion_id = ${conversionId}::uuid`;
}
