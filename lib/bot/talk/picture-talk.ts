import { createHash } from 'node:crypto';
import { succeed } from '#lib/core/result.ts';
import { agreeToPhotos, missingAgreements, photoTerms } from '#lib/files/photo/agree-to-photos.ts';
import { digestOf, findKeptPhoto } from '#lib/files/photo/find-kept-photo.ts';
import { pictureLimits } from '#lib/files/policy.ts';
import { takeWhole } from '#lib/files/upload/take-whole.ts';
import en from '#messages/en.json' with { type: 'json' };
import type { SentPicture } from '../inbox/read-update.ts';
import { apiOf, fetchFile, mayBeRefused } from '../wire/bot-api.ts';
import { lookChoice } from './look-talk.ts';
import { sendSheet } from './sheet-talk.ts';
import { asUser, say, sayFailure, type UserTalk } from './talk.ts';

/** What somebody agrees to by sending photos, in the site's own sentence. */
function termsText({ t, chat }: UserTalk): string {
  const engines = photoTerms().agreements.filter(({ engine }) => engine !== 'local');
  if (engines.length === 0) return t('files.terms.local');
  const names = new Intl.DisplayNames(chat.language, { type: 'region' });
  const list = new Intl.ListFormat(chat.language, { type: 'disjunction' });
  const known: Readonly<Record<string, string>> = en.files.engines;
  const said = engines.map(({ engine: name, country }) => {
    const engine = name in known ? t(`files.engines.${name}`) : name;
    return country ? t('files.terms.at', { engine, country: names.of(country) ?? country }) : engine;
  });
  return t('files.terms.hosted', { engine: list.format(said) });
}

/** Asks once whether photos may be kept; the button below goes on with the photo that was sent. */
async function askToAgree(talk: UserTalk, picture: SentPicture): Promise<void> {
  const rows = [[{ text: talk.t('account.legal.agree'), data: 'a:' }]];
  await say(talk, termsText(talk), { rows, answers: picture.messageId });
}

/**
 * A photo, or a file that may be one: taken in as an upload of the site's is, and offered in styles. What is too large is said
 * before it is fetched. An update that comes again finds the photo that it made.
 */
export async function hearPicture(talk: UserTalk, picture: SentPicture, updateId: number): Promise<void> {
  const { bot, chat, t } = talk;
  const tooLarge = t('bot.tooLarge', { megabytes: pictureLimits.maxBytes / 1024 / 1024 });
  if (picture.bytes > pictureLimits.maxBytes) return say(talk, tooLarge, { answers: picture.messageId });
  if ((await missingAgreements(talk.actor.userId)).length > 0) return askToAgree(talk, picture);
  await mayBeRefused(apiOf(bot).sendChatAction(chat.chatId, 'upload_photo'));
  const taken = await asUser(talk, 'file.upload', async ({ userId }) => {
    const bytes = await fetchFile(bot, picture.fileId, pictureLimits.maxBytes);
    if (!bytes.ok) return bytes;
    // As on the site: the same file once more takes no second place.
    const kept = await findKeptPhoto(userId, digestOf(bytes.value));
    if (kept) return succeed(kept);
    const id = createHash('sha256').update(`bot|${bot.platform}|${updateId}`).digest('hex').slice(0, 32);
    const { fileName, mimeType } = picture;
    return takeWhole({ userId }, { id, fileName, mimeType, bytes: bytes.value });
  });
  if (!taken.ok) {
    return taken.code === 'file.tooLarge' ? say(talk, tooLarge) : sayFailure(talk, taken);
  }
  const { id } = taken.value;
  const look = await lookChoice(talk, id);
  if (look) return say(talk, look.text, { rows: look.rows });
  return sendSheet(talk, id);
}

/** "I agree": written down as the site does, and the photo that was sent is taken up again. */
export async function hearAgreement(
  talk: UserTalk,
  about: SentPicture | null,
  updateId: number,
): Promise<void> {
  const agreed = await asUser(talk, 'account.change', ({ userId }) =>
    agreeToPhotos(userId, photoTerms().code),
  );
  if (!agreed.ok) return sayFailure(talk, agreed);
  return about ? hearPicture(talk, about, updateId) : say(talk, talk.t('bot.agreed'));
}
