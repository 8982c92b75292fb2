import { code as codeInput } from '#lib/auth/input.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { askLinkCode, linkChat } from '../chat/link-chat.ts';
import { setLanguage } from '../chat/store.ts';
import { apiOf } from '../wire/bot-api.ts';
import { wordsOf } from '../words.ts';
import { contactKeyboard, menuKeyboard } from './commands.ts';
import { say, sayFailure, type Talk } from './talk.ts';

/** Asks for the number: without an account's there is nothing to do here. */
export async function askForNumber(talk: Talk): Promise<void> {
  const { bot, chat, t } = talk;
  await apiOf(bot).sendMessage(chat.chatId, t('bot.link.ask'), { reply_markup: contactKeyboard(t) });
}

/** A number that was shared: one's own gets a code, if it is one of ours; somebody else's nothing. */
export async function hearContact(talk: Talk, contact: { phone: string; isOwn: boolean }): Promise<void> {
  const { t, chat } = talk;
  if (!contact.isOwn) return say(talk, t('bot.link.notYours'));
  const phone = parsePhone(contact.phone);
  if (!phone) return say(talk, t('bot.link.foreign'));
  const asked = await askLinkCode(chat, phone);
  if (!asked.ok) return sayFailure(talk, asked);
  await say(talk, t('bot.link.sent', { link: publicUrl(chat.language, '/signup') }));
}

/** Whether a text could be a code. */
export const isCode = (text: string): boolean => codeInput.safeParse(text).success;

/** A code that was typed: when it is right, the chat is the account's. Whether it is. */
export async function hearCode(talk: Talk, text: string): Promise<boolean> {
  const { bot, chat, t } = talk;
  const code = codeInput.safeParse(text);
  const linked = code.success ? await linkChat(chat, code.data) : succeed(null);
  if (!linked.ok) {
    await sayFailure(talk, linked);
    return false;
  }
  await apiOf(bot).sendMessage(chat.chatId, t('bot.link.done'), { reply_markup: menuKeyboard(t) });
  return true;
}

/** Goes on in another language. */
export async function chooseLanguage(talk: Talk, language: 'fa' | 'en'): Promise<void> {
  const { bot, chat } = talk;
  await setLanguage(db(), chat.id, language);
  const t = wordsOf(language);
  const keyboard = chat.userId ? menuKeyboard(t) : contactKeyboard(t);
  await apiOf(bot).sendMessage(chat.chatId, t('bot.language.done'), { reply_markup: keyboard });
}
