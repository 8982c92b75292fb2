import { suspensionCode } from '#lib/auth/suspension.ts';
import type { BotSettings } from '#lib/core/env/bot-env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { fail } from '#lib/core/result.ts';
import { decide } from '#lib/db/decide.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { placeOf } from '../chat/link-chat.ts';
import { type ChatRef, type ChatRow, meetChat } from '../chat/store.ts';
import type { Heard } from '../inbox/read-update.ts';
import { apiOf, mayBeRefused } from '../wire/bot-api.ts';
import { wordsOf } from '../words.ts';
import { hearButton } from './buttons.ts';
import { type CommandName, commandIn } from './commands.ts';
import { askForNumber, hearCode, hearContact, isCode } from './link-talk.ts';
import { beginWithLook, tellOfLook } from './look-talk.ts';
import { askLanguage, obey } from './obey.ts';
import { hearPicture } from './picture-talk.ts';
import { type PaintSample, sayFailure, type Talk, type UserTalk } from './talk.ts';

type Around = { readonly paintSample: PaintSample; readonly signal: AbortSignal };

/** Who writes the first time is answered in the language of their messenger, where that is one of ours. */
const languageOf = (said: string | undefined): Locale => (said && !said.startsWith('fa') ? 'en' : 'fa');

/** What a stranger may do: come with a look, choose a language, link. */
async function answerStranger(talk: Talk, heard: Heard): Promise<void> {
  if (heard.kind === 'contact') return hearContact(talk, heard);
  if (heard.kind === 'press')
    return heard.data.startsWith('g:') ? hearButton(talk, heard) : askForNumber(talk);
  if (heard.kind !== 'text') return askForNumber(talk);
  if (isCode(heard.text)) {
    if (!(await hearCode(talk, heard.text))) return;
    return tellOfLook(await meet(talk, heard));
  }
  const command = commandIn(heard.text);
  if (command?.name === 'start') await beginWithLook(talk, command.with);
  if (command?.name === 'language') return askLanguage(talk);
  return askForNumber(talk);
}

async function answerUser(talk: UserTalk, heard: Heard): Promise<void> {
  switch (heard.kind) {
    case 'picture':
      return hearPicture(talk, heard.picture, heard.updateId);
    case 'press':
      return hearButton(talk, heard);
    case 'contact':
      return obey(talk, 'help');
    case 'text': {
      const command = commandIn(heard.text);
      if (command?.name !== 'start') return obey(talk, (command?.name ?? 'help') as CommandName);
      const isLook = await beginWithLook(talk, command.with);
      return isLook ? tellOfLook(talk) : obey(talk, 'help');
    }
    default:
      return obey(talk, 'help');
  }
}

/** The talk goes on with what the database knows of the chat now. */
async function meet(talk: Talk, heard: Heard): Promise<UserTalk> {
  const { platform, chatId } = talk.chat;
  const chat = await decide((tx) => meetChat(tx, { platform, chatId }, languageOf(heard.language)));
  return withUser({ ...talk, chat });
}

const withUser = (talk: Talk): UserTalk => ({
  ...talk,
  actor: { kind: 'user', userId: talk.chat.userId ?? '', sessionId: talk.chat.id },
});

/** Somebody who was suspended is told so, and nothing is done. */
const refusalOf = ({ isActive, suspendedFor }: ChatRow) =>
  isActive ? null : fail(suspensionCode(suspendedFor), 'a suspended account');

/** Whether a chat has written more than anybody reads; then nothing is said to it. */
async function isFlood(ref: ChatRef): Promise<boolean> {
  return !(await checkLimit('bot.talk', { account: placeOf(ref) })).ok;
}

/**
 * Answers what somebody said. A chat is linked to an account or it is not; what it then may do is what that account may do on
 * the site. Throws what a call throws; said again, it does nothing twice.
 */
export async function answer(heard: Heard, bot: BotSettings, around: Around): Promise<void> {
  const ref = { platform: bot.platform, chatId: heard.chatId };
  // The messenger shows that a button was pressed until it hears of it.
  if (heard.kind === 'press') await mayBeRefused(apiOf(bot).answerCallbackQuery(heard.pressId));
  if (await isFlood(ref)) return;
  const chat = await decide((tx) => meetChat(tx, ref, languageOf(heard.language)));
  const talk: Talk = { bot, chat, t: wordsOf(chat.language), ...around };
  if (!chat.userId) return answerStranger(talk, heard);
  const refused = refusalOf(chat);
  return refused ? sayFailure(talk, refused) : answerUser(withUser(talk), heard);
}
