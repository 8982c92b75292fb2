import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { botLimits } from '../policy.ts';

/** Chats with our bots. Every "now" here is the database's own. */

/** A chat by what the messenger calls it; ids of chats fit into a number exactly (2^52 at most). */
export type ChatRef = { readonly platform: BotPlatform; readonly chatId: number };

export type ChatRow = {
  id: string;
  platform: BotPlatform;
  chatId: number;
  userId: string | null;
  language: Locale;
  lookImageId: string | null;
  isActive: boolean;
  suspendedFor: string | null;
};

/** The chat with its account as it stands now; made for a stranger who writes the first time. Whoever writes hears us again. */
export async function meetChat(tx: Tx, { platform, chatId }: ChatRef, language: Locale): Promise<ChatRow> {
  const [row] = await tx.$queryRaw<[ChatRow]>`
    WITH met AS (
      INSERT INTO bot_chats (platform, chat_id, language) VALUES (${platform}, ${chatId}::bigint, ${language})
      ON CONFLICT (platform, chat_id) DO UPDATE SET last_used_at = clock_timestamp(), silent_at = NULL
      RETURNING *
    )
    SELECT m.id::text, m.platform, m.chat_id::float8 AS "chatId", m.user_id::text AS "userId", m.language,
      m.look_image_id::text AS "lookImageId", coalesce(u.is_active, false) AS "isActive", u.suspended_for AS "suspendedFor"
    FROM met m LEFT JOIN users u ON u.id = m.user_id`;
  return row;
}

/** Ties a chat to a user; the chat that the user had in this messenger before is forgotten, and so is whose this one was. */
export async function tieChat(tx: Tx, { platform, chatId }: ChatRef, userId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM bot_chats WHERE user_id = ${userId}::uuid AND platform = ${platform} AND chat_id <> ${chatId}::bigint`;
  // What was asked for under another account is not sent to this one.
  await tx.$executeRaw`
    DELETE FROM bot_orders o USING bot_chats c
    WHERE c.id = o.bot_chat_id AND c.platform = ${platform} AND c.chat_id = ${chatId}::bigint
      AND c.user_id IS DISTINCT FROM ${userId}::uuid`;
  await tx.$executeRaw`
    UPDATE bot_chats SET user_id = ${userId}::uuid, linked_at = clock_timestamp()
    WHERE platform = ${platform} AND chat_id = ${chatId}::bigint`;
}

/** Forgets a chat of the user's; false when it is not theirs. */
export async function deleteChat(tx: Tx, userId: string, id: string): Promise<boolean> {
  return (
    (await tx.$executeRaw`
    DELETE FROM bot_chats WHERE id = ${id}::uuid AND user_id = ${userId}::uuid`) === 1
  );
}

export async function setLanguage(tx: Tx, id: string, language: Locale): Promise<void> {
  await tx.$executeRaw`UPDATE bot_chats SET language = ${language} WHERE id = ${id}::uuid`;
}

/** Keeps which look the next photo is for; null for none. */
export async function setLook(tx: Tx, id: string, imageId: string | null): Promise<void> {
  await tx.$executeRaw`UPDATE bot_chats SET look_image_id = ${imageId}::uuid WHERE id = ${id}::uuid`;
}

/** Notes that the person lets us write nothing: nothing more is sent until they write. */
export async function silenceChat(tx: Tx, { platform, chatId }: ChatRef): Promise<void> {
  await tx.$executeRaw`
    UPDATE bot_chats SET silent_at = coalesce(silent_at, clock_timestamp())
    WHERE platform = ${platform} AND chat_id = ${chatId}::bigint`;
}

export type LinkRow = { id: string; platform: BotPlatform; linkedAt: Date; silentAt: Date | null };

export async function listLinkRows(tx: Tx, userId: string): Promise<LinkRow[]> {
  return tx.$queryRaw<LinkRow[]>`
    SELECT id::text, platform, linked_at AS "linkedAt", silent_at AS "silentAt" FROM bot_chats
    WHERE user_id = ${userId}::uuid ORDER BY platform`;
}

/** Forgets chats of strangers who have not come back; how many. */
export async function deleteStrangers(limit: number): Promise<number> {
  return db().$executeRaw`
    DELETE FROM bot_chats WHERE id IN (
      SELECT id FROM bot_chats
      WHERE user_id IS NULL AND last_used_at < now() - make_interval(days => ${botLimits.strangerDays}::int)
      LIMIT ${limit})`;
}
