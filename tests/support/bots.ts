import { afterAll, beforeAll } from 'vitest';
import { hearUpdates } from '#lib/bot/hear-updates.ts';
import { takeUpdates } from '#lib/bot/inbox/poll-updates.ts';
import type { PaintSample } from '#lib/bot/talk/talk.ts';
import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import { env } from '#lib/core/env/env.ts';
import type { OwnDatabase } from './database/test-database.ts';
import { newUser } from './files.ts';
import { newestCode } from './identity.ts';
import { type BotServer, createBotServer, messageFrom } from './servers/bot-api.ts';

/** A server of the Bot API, and the environment in which it is that of a bot of ours. Call it at the top of a test file. */
export async function useBotServer(more: Readonly<Record<string, string>> = {}): Promise<() => BotServer> {
  const server = await createBotServer();
  process.env.BOT_TELEGRAM_TOKEN = server.token;
  process.env.BOT_TELEGRAM_ROOT = server.root;
  process.env.BOT_TELEGRAM_NAME = 'stayler_bot';
  Object.assign(process.env, more);
  afterAll(() => server.close());
  beforeAll(() => void server.calls.splice(0));
  return () => server;
}

let chats = 0;

/** A chat that no other test uses. */
export function newChat(): number {
  chats += 1;
  return 700_000_000 + chats;
}

/** The styles that samples are made of here. */
export const sampled: readonly string[] = ['oil', 'pencil', 'noir', 'vintage'];

/** Samples that are there at once, of a few styles: what an engine makes of a photo is not what these tests are about. */
const plainSample: PaintSample = async (photo, style) => (sampled.includes(style) ? photo : null);

/** Puts updates into the line as they come from a messenger, and deals with all that is due. */
export async function hear(
  updates: readonly unknown[],
  {
    platform = 'telegram',
    paintSample = plainSample,
  }: { platform?: BotPlatform; paintSample?: PaintSample } = {},
): Promise<void> {
  await takeUpdates(platform, updates);
  await hearUpdates({ bots: env().bots, paintSample, signal: new AbortController().signal });
}

/** What the bot said in a chat, in order. */
export function saidTo({ calls }: BotServer, chatId: number): string[] {
  return calls
    .filter(({ payload }) => payload.chat_id === chatId)
    .flatMap(({ payload }) => [payload.text ?? payload.caption].filter((text) => typeof text === 'string'));
}

/** The buttons of the last message in a chat that has any. */
export function buttonsIn({ calls }: BotServer, chatId: number): { text: string; callback_data: string }[] {
  const keyboards = calls.flatMap(({ payload }) => {
    const markup = payload.reply_markup as { inline_keyboard?: { text: string; callback_data: string }[][] };
    return payload.chat_id === chatId && markup?.inline_keyboard ? [markup.inline_keyboard] : [];
  });
  return (keyboards.at(-1) ?? []).flat();
}

/** A chat that is linked already to somebody new, who has two conversions and has agreed to what is kept of photos. */
export async function linkedChat(database: OwnDatabase): Promise<{ userId: string; chatId: number }> {
  const { userId } = await newUser();
  const chatId = newChat();
  await database.query(
    "INSERT INTO bot_chats (platform, chat_id, user_id, language, linked_at) VALUES ('telegram', $1, $2, 'fa', now())",
    [chatId, userId],
  );
  await database.query(
    "INSERT INTO agreements (user_id, terms, engine, country) VALUES ($1, 'photos-1', 'local', '')",
    [userId],
  );
  return { userId, chatId };
}

/** Links a chat to the account with this number, as its owner does. */
export async function linkChatOf(database: OwnDatabase, phone: string, chatId = newChat()): Promise<number> {
  const contact = { phone_number: phone.slice(1), first_name: 'Sara', user_id: chatId };
  await hear([messageFrom(chatId, { contact })]);
  const { code } = await newestCode(database, phone);
  await hear([messageFrom(chatId, { text: code })]);
  return chatId;
}
