import { z } from 'zod';
import { toStorable } from '#lib/core/storable-text.ts';
import type { SentUpdate } from './store.ts';

/** A text without what the database cannot keep: one that is refused would stop the line behind it for everybody. */
const text = z.string().transform(toStorable);

/** What of an update is read, and kept until it is dealt with. Messengers add to it as they like, and leave out what they do not have. */
const person = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  language_code: text.optional(),
});
const file = z.object({
  file_id: text.pipe(z.string().max(300)),
  file_size: z.number().optional(),
  file_name: text.optional(),
  mime_type: text.optional(),
});
const size = file.extend({ width: z.number().default(0), height: z.number().default(0) });
const chat = z.object({ id: z.int(), type: text.default('private') });

const message = z.object({
  message_id: z.int(),
  chat,
  from: person.optional(),
  text: text.optional(),
  contact: z.object({ phone_number: text, user_id: z.int().optional() }).optional(),
  photo: z.array(size).optional(),
  document: file.optional(),
});

const update = z.object({
  update_id: z.int().nonnegative(),
  message: message.optional(),
  callback_query: z
    .object({
      id: text,
      from: person,
      data: text.pipe(z.string().max(64)).optional(),
      message: message.extend({ reply_to_message: message.optional() }).optional(),
    })
    .optional(),
});

/** A photo, or a file that may be one. */
export type SentPicture = {
  readonly messageId: number;
  readonly fileId: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: number;
};

type Said =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'contact'; readonly phone: string; readonly isOwn: boolean }
  | { readonly kind: 'picture'; readonly picture: SentPicture }
  | {
      readonly kind: 'press';
      readonly pressId: string;
      readonly data: string;
      readonly messageId: number;
      /** What the message with the button was an answer to. */
      readonly about: SentPicture | null;
    }
  | { readonly kind: 'other' };

/** What one person said to a bot, alone with it. */
export type Heard = Said & {
  readonly updateId: number;
  readonly chatId: number;
  readonly language: string | undefined;
};

function pictureOf(sent: z.output<typeof message>): SentPicture | null {
  const { message_id: messageId, photo, document } = sent;
  // The same photo in several sizes; what was sent as a file has all its pixels.
  const largest = photo?.reduce<z.output<typeof size> | null>(
    (most, one) => (most && most.width * most.height >= one.width * one.height ? most : one),
    null,
  );
  const found = document ?? largest;
  if (!found) return null;
  return {
    messageId,
    fileId: found.file_id,
    fileName: found.file_name ?? 'photo.jpg',
    mimeType: found.mime_type ?? (document ? 'application/octet-stream' : 'image/jpeg'),
    bytes: found.file_size ?? 0,
  };
}

function saidIn(sent: z.output<typeof message>): Said {
  if (sent.contact) {
    const { phone_number: phone, user_id: whose } = sent.contact;
    return { kind: 'contact', phone, isOwn: whose !== undefined && whose === sent.from?.id };
  }
  const picture = pictureOf(sent);
  if (picture) return { kind: 'picture', picture };
  return sent.text === undefined ? { kind: 'other' } : { kind: 'text', text: sent.text };
}

/**
 * An update as it stands in the line: its number, the chat it came from, and what is read of it; the rest of what a messenger
 * says is not kept. Null for what has no number. Of one in another shape the number is all there is, so that it is asked for
 * no more.
 */
export function readSent(body: unknown): SentUpdate | null {
  const numbered = update.pick({ update_id: true }).safeParse(body);
  if (!numbered.success) return null;
  const read: z.output<typeof update> = update.safeParse(body).data ?? numbered.data;
  const chatId = read.message?.chat.id ?? read.callback_query?.message?.chat.id ?? null;
  return { updateId: read.update_id, chatId, body: read };
}

/** What was said, or null for what concerns nobody: groups, channels, other bots, changes of what was said before. */
export function readUpdate(body: unknown): Heard | null {
  const read = update.safeParse(body);
  if (!read.success) return null;
  const { update_id: updateId, message: sent, callback_query: pressed } = read.data;
  const at = sent ?? pressed?.message;
  const from = sent?.from ?? pressed?.from;
  if (at?.chat.type !== 'private' || !from || from.is_bot) return null;
  const who = { updateId, chatId: at.chat.id, language: from.language_code };
  if (!pressed) return { ...who, ...saidIn(at) };
  const before = pressed.message?.reply_to_message;
  return {
    ...who,
    kind: 'press',
    pressId: pressed.id,
    data: pressed.data ?? '',
    messageId: at.message_id,
    about: before ? pictureOf(before) : null,
  };
}
