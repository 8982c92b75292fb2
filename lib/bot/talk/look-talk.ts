import { z } from 'zod';
import { findReference } from '#lib/conversions/reference/list-style-kits.ts';
import type { ReferenceView } from '#lib/conversions/reference/view.ts';
import { db } from '#lib/db/client.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { profilePath, withImage } from '#lib/gallery/public/paths.ts';
import { noteScan } from '#lib/gallery/visit/note-visit.ts';
import { placeOf } from '../chat/link-chat.ts';
import { setLook } from '../chat/store.ts';
import { type PressButton, packId, say, type Talk } from './talk.ts';

/** The look that a link or a printed code brought along (`bot-url.ts`): kept for the next photo. Whether there was one. */
export async function beginWithLook({ chat, bot }: Talk, said: string): Promise<boolean> {
  const [, by, id] = /^(look|scan)_(.+)$/.exec(said) ?? [];
  if (!z.uuid().safeParse(id).success || !id) return false;
  const look = await findReference(id);
  if (look && by === 'scan') {
    await noteScan(look.image.id, placeOf({ platform: bot.platform, chatId: chat.chatId }));
  }
  await setLook(db(), chat.id, look?.image.id ?? null);
  chat.lookImageId = look?.image.id ?? id;
  return true;
}

/** What a look is called and whose it is, in a line. */
function lookLine({ t, chat }: Talk, { title, businessName, handle, image }: ReferenceView): string {
  const link = publicUrl(chat.language, withImage(profilePath(handle), image.id));
  return `${title ? t('credit.plain.of', { title, name: businessName }) : t('credit.plain.untitled', { name: businessName })}\n${link}`;
}

/** Says which look the next photo is for. */
export async function tellOfLook(talk: Talk): Promise<void> {
  const { chat, t } = talk;
  if (!chat.lookImageId) return;
  const look = await findReference(chat.lookImageId);
  if (!look) {
    await setLook(db(), chat.id, null);
    return say(talk, t('bot.look.gone'));
  }
  await say(talk, `${t('bot.look.send')}\n${lookLine(talk, look)}`);
}

/** What a photo can be tried in: the look that one came with, or a style. Null when there is none, or none any more. */
export async function lookChoice(
  talk: Talk,
  photoId: string,
): Promise<{ text: string; rows: PressButton[][] } | null> {
  const { chat, t } = talk;
  const look = chat.lookImageId ? await findReference(chat.lookImageId) : null;
  if (!look) return null;
  return {
    text: `${t('bot.look.ready')}\n${lookLine(talk, look)}`,
    rows: [
      [{ text: t('bot.look.try'), data: `l:${packId(photoId)}:${packId(look.image.id)}` }],
      [{ text: t('bot.look.styles'), data: `s:${packId(photoId)}` }],
    ],
  };
}
