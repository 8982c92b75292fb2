import { z } from 'zod';

/** What of an update is read. Messengers add to it as they like, and leave out what they do not have. */
const person = z.object({
  id: z.number(),
  is_bot: z.boolean().optional(),
  language_code: z.string().optional(),
});
const file = z.object({
  file_id: z.string().max(300),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
});
const size = file.extend({ width: z.number().default(0), height: z.number().default(0) });
const chat = z.object({ id: z.number(), type: z.string().default('private') });

const message = z.object({
  message_id: z.number(),
  date: z.number().optional(),
  chat,
  from: person.optional(),
  text: z.string().optional(),
  contact: z.object({ phone_number: z.string(), user_id: z.number().optional() }).optional(),
  photo: z.array(size).optional(),
  document: file.optional(),
});

const update = z.object({
  update_id: z.number().int().nonnegative(),
  message: message.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: person,
      data: z.string().max(64).optional(),
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

/** The number of an update and of the chat it came from; null for what is none. */
export function updateIds(body: unknown): { updateId: number; chatId: number | null } | null {
  const numbered = z.object({ update_id: z.number().int().nonnegative() }).safeParse(body);
  if (!numbered.success) return null;
  const { data: read } = update.safeParse(body);
  const chatId = read?.message?.chat.id ?? read?.callback_query?.message?.chat.id ?? null;
  return { updateId: numbered.data.update_id, chatId };
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
