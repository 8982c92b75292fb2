import { InputFile } from 'grammy/web';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { readCredited } from '#lib/conversions/history/serve-result.ts';
import type { ConversionView } from '#lib/conversions/view.ts';
import type { BotSettings } from '#lib/core/env/bot-env.ts';
import { log } from '#lib/core/log.ts';
import { db } from '#lib/db/client.ts';
import { runForAccount } from '#lib/db/connection-turns.ts';
import { writePatiently } from '#lib/db/decide.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { profilePath, withImage } from '#lib/gallery/public/paths.ts';
import { silenceChat } from './chat/store.ts';
import { claimOrders, type DueOrder, delayOrder, deleteOrder, notePicture } from './order/store.ts';
import { botLimits } from './policy.ts';
import { madeIn } from './talk/obey.ts';
import { keyboardOf, type PressButton, packId } from './talk/talk.ts';
import { apiOf, callFailure } from './wire/bot-api.ts';
import { type Words, wordsOf } from './words.ts';

/** The look, whose it is and where to see more of theirs; what a result says wherever it goes. */
function captionOf(t: Words, view: ConversionView, language: DueOrder['language']): string {
  const lines = [madeIn({ t } as never, view)];
  const { shop, picture } = view.credit ?? {};
  if (shop) {
    const page = profilePath(shop.handle);
    lines.push(publicUrl(language, picture ? withImage(page, picture.id) : page));
  }
  return [t('bot.result.ready'), ...lines].join('\n');
}

function failedText(t: Words, { failureCode, chargeReturned }: ConversionView): string {
  const why = t(`conversions.failure.${failureCode ?? 'internal'}`);
  return chargeReturned ? `${why} ${t('conversions.chargeReturned')}` : why;
}

async function tell(due: DueOrder, bot: BotSettings): Promise<void> {
  const { conversionId: id, userId, chatId, language } = due;
  const t = wordsOf(language);
  const api = apiOf(bot);
  const actor = { kind: 'user', userId, sessionId: due.botChatId } as const;
  const found = await runForAccount(`user|${userId}`, () => findConversion(actor, id));
  // Deleted in the meantime: nobody waits for it.
  if (!found.ok) return;
  const view = found.value;
  const more: PressButton[][] = view.source
    ? [[{ text: t('bot.result.other'), data: `s:${packId(view.source.id)}` }]]
    : [];
  if (view.status === 'failed') {
    const again = [[{ text: t('bot.result.again'), data: `r:${packId(id)}` }]];
    const rows = view.failureCode === 'cancelled' ? more : [...again, ...more];
    await api.sendMessage(chatId, failedText(t, view), { reply_markup: keyboardOf(rows) });
    return;
  }
  const bytes = view.result ? await readCredited({ id: view.result.id, credit: view.credit }) : null;
  if (!view.result || !bytes?.ok) {
    await api.sendMessage(chatId, t('bot.result.gone'), { reply_markup: keyboardOf(more) });
    return;
  }
  if (!due.hasPicture) {
    await api.sendPhoto(chatId, new InputFile(bytes.value, 'picture.jpg'), {
      caption: captionOf(t, view, language),
      reply_markup: keyboardOf(more),
    });
    await writePatiently(() => notePicture(db(), id));
  }
  // The photo is made smaller by the messenger; the file is as it was made.
  const name = `ai-stayler-${id.slice(0, 8)}.jpg`;
  await api.sendDocument(chatId, new InputFile(bytes.value, name), {
    caption: t('bot.result.file'),
    disable_content_type_detection: true,
  });
}

async function send(due: DueOrder, bots: readonly BotSettings[]): Promise<void> {
  const { conversionId: id, platform, chatId, attempts } = due;
  const bot = bots.find((one) => one.platform === platform);
  if (!bot) return;
  try {
    await tell(due, bot);
  } catch (error) {
    const failure = callFailure(error);
    if (failure?.kind === 'silent') {
      await silenceChat(db(), { platform, chatId });
      return;
    }
    const pause = failure?.kind === 'wait' ? failure.seconds : botLimits.pauses[attempts - 1];
    if (failure?.kind !== 'refused' && pause !== undefined) {
      if (!failure) log.error({ err: error, conversionId: id }, 'a result was not sent to a chat');
      await writePatiently(() => delayOrder(db(), id, pause));
      return;
    }
    log.error({ err: error, conversionId: id }, 'a result could not be sent to a chat');
  }
  await writePatiently(() => deleteOrder(db(), id));
}

/** Sends the results that chats wait for, until none is due; how many. */
export async function sendResults(bots: readonly BotSettings[]): Promise<number> {
  const platforms = bots.map(({ platform }) => platform);
  let sent = 0;
  for (;;) {
    const due = await claimOrders(db(), platforms, botLimits.atOnce);
    await Promise.all(due.map((one) => send(one, bots)));
    sent += due.length;
    if (due.length === 0) return sent;
  }
}
