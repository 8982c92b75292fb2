import { InputFile } from 'grammy/web';
import { direction } from '#lib/core/i18n/routing.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { readVariant } from '#lib/files/image/read-image.ts';
import { findOwnPhoto } from '#lib/files/photo/list-photos.ts';
import { type StyleName, styles } from '#lib/styles/catalogue.ts';
import { botLimits } from '../policy.ts';
import { makeSheet, type Sample, sheetColumns } from '../sheet/make-sheet.ts';
import { apiOf, mayBeRefused } from '../wire/bot-api.ts';
import { asUser, keyboardOf, type PressButton, packId, say, sayFailure, type UserTalk } from './talk.ts';

type Painted = Sample & { readonly name: StyleName };
/** Those that were painted in time; where some were not, all styles are offered by name. */
type Samples = { readonly painted: readonly Painted[]; readonly isWhole: boolean };

/** Samples of one's own photo in every style that it can be made in: small, by our own engine, and charged to nobody. */
async function paintSamples(talk: UserTalk, photoId: string): Promise<Result<Samples>> {
  const own = await findOwnPhoto(talk.actor, photoId);
  if (!own.ok) return own;
  const photo = await readVariant(photoId, 'w320');
  if (!photo.ok) return photo;
  const painted: Painted[] = [];
  const end = AbortSignal.any([talk.signal, AbortSignal.timeout(botLimits.sheetMs)]);
  for (const { name } of styles) {
    // Whoever has paid comes first, for as long as it takes: then there are fewer samples, or none.
    const picture = await talk.paintSample(photo.value, name, end).catch((error: unknown) => {
      if (!end.aborted) throw error;
      return null;
    });
    if (end.aborted) break;
    if (picture) painted.push({ name, title: talk.t(`styles.${name}.title`), picture });
  }
  // A worker that ends leaves it to another.
  talk.signal.throwIfAborted();
  return succeed({ painted, isWhole: !end.aborted });
}

/** Buttons that stand as the samples do. */
function buttonsOf({ t, chat }: UserTalk, photoId: string, names: readonly StyleName[]): PressButton[][] {
  const buttons = names.map((name) => ({
    text: t(`styles.${name}.title`),
    data: `c:${packId(photoId)}:${name}`,
  }));
  return Array.from({ length: Math.ceil(buttons.length / sheetColumns) }, (_, at) => {
    const row = buttons.slice(at * sheetColumns, (at + 1) * sheetColumns);
    // Messengers lay buttons out from the left, whatever the language.
    return direction[chat.language] === 'rtl' ? row.reverse() : row;
  });
}

/**
 * Shows a photo in the styles that it could be made in, with a button for each. How often is bounded for each account; where it
 * is not to be had the styles can be chosen by their names.
 */
export async function sendSheet(talk: UserTalk, photoId: string): Promise<void> {
  const { bot, chat, t, actor } = talk;
  const api = apiOf(bot);
  await mayBeRefused(api.sendChatAction(chat.chatId, 'upload_photo'));
  const samples = await asUser(talk, 'bot.sheet', () => paintSamples(talk, photoId), photoId);
  if (!samples.ok && samples.code !== 'rate.limited') return sayFailure(talk, samples);
  const { painted, isWhole } = samples.ok ? samples.value : { painted: [], isWhole: false };
  const shown = painted.map(({ name }) => name);
  const others = isWhole ? [] : styles.map(({ name }) => name).filter((name) => !shown.includes(name));
  const rows = buttonsOf(talk, photoId, [...shown, ...others]);
  const sheet = await makeSheet(painted, direction[chat.language] === 'rtl', actor.userId);
  if (!sheet) return say(talk, t('bot.sheet.names'), { rows });
  await api.sendPhoto(chat.chatId, new InputFile(sheet, 'styles.jpg'), {
    caption: t('bot.sheet.choose'),
    reply_markup: keyboardOf(rows),
  });
}
