import { findConversion } from '#lib/conversions/find-conversion.ts';
import { fail } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { writePatiently } from '#lib/db/decide.ts';
import { isStyleName } from '#lib/styles/catalogue.ts';
import { unlinkChat } from '../chat/link-chat.ts';
import type { Heard } from '../inbox/read-update.ts';
import { insertOrders } from '../order/store.ts';
import { apiOf } from '../wire/bot-api.ts';
import { commandNames } from './commands.ts';
import { chooseLanguage } from './link-talk.ts';
import { obey } from './obey.ts';
import { order, orderAgain, wishOf } from './order-talk.ts';
import { hearAgreement } from './picture-talk.ts';
import { sendSheet } from './sheet-talk.ts';
import { asUser, say, sayFailure, type Talk, type UserTalk, unpackId } from './talk.ts';

type Press = Extract<Heard, { kind: 'press' }>;

const isUser = (talk: Talk): talk is UserTalk => 'actor' in talk;
const gone = () => fail('notFound', 'no such button');

/** The result of an earlier conversion is sent once more. */
async function sendAgain(talk: UserTalk, id: string): Promise<void> {
  const found = await asUser(talk, 'account.read', (actor) => findConversion(actor, id));
  if (!found.ok) return sayFailure(talk, found);
  await writePatiently(() => insertOrders(db(), talk.chat.id, [id]));
}

async function unlink(talk: UserTalk): Promise<void> {
  const { bot, chat, t } = talk;
  const done = await asUser(talk, 'account.change', ({ userId }) => unlinkChat(userId, chat.id));
  if (!done.ok) return sayFailure(talk, done);
  await apiOf(bot).sendMessage(chat.chatId, t('bot.unlink.done'), {
    reply_markup: { remove_keyboard: true },
  });
}

/** A button that was pressed. What it stands for is checked anew: anybody can send what a button would. */
export async function hearButton(talk: Talk, press: Press): Promise<void> {
  const [what, first = '', second] = press.data.split(':');
  if (what === 'g' && (first === 'fa' || first === 'en')) return chooseLanguage(talk, first);
  if (!isUser(talk)) return;
  if (what === 'a') return hearAgreement(talk, press.about, press.updateId);
  if (what === 'u') return first === 'yes' ? unlink(talk) : say(talk, talk.t('bot.unlink.kept'));
  const command = commandNames.find((name) => name === first);
  if (what === 'm' && command) return obey(talk, command);
  const id = unpackId(first);
  if (!id.ok) return sayFailure(talk, gone());
  const wish = wishOf(talk, press.messageId, press.data);
  switch (what) {
    case 's':
      return sendSheet(talk, id.value);
    case 'c':
      return isStyleName(second) ? order(talk, id.value, { style: second }, wish) : sayFailure(talk, gone());
    case 'l': {
      const look = unpackId(second);
      return look.ok ? order(talk, id.value, { reference: look.value }, wish) : sayFailure(talk, gone());
    }
    case 'h':
      return sendAgain(talk, id.value);
    case 'r':
      return orderAgain(talk, id.value, wish);
    default:
      return sayFailure(talk, gone());
  }
}
