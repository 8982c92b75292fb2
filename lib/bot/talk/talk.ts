import { InlineKeyboard } from 'grammy/web';
import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { UserActor } from '#lib/core/actor.ts';
import type { BotSettings } from '#lib/core/env/bot-env.ts';
import { log } from '#lib/core/log.ts';
import { type Failure, fail, type Result } from '#lib/core/result.ts';
import { runForAccount } from '#lib/db/connection-turns.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import type { AccountPolicy } from '#lib/rate-limit/policies.ts';
import { placeOf } from '../chat/link-chat.ts';
import type { ChatRow } from '../chat/store.ts';
import { apiOf } from '../wire/bot-api.ts';
import { failureText, type Words } from '../words.ts';

/** Paints a photo in a style, small, as a sample of it; null where it cannot be tried on this photo. */
export type PaintSample = (photo: Buffer, style: string, signal: AbortSignal) => Promise<Buffer | null>;

/** One turn of a conversation: with whom, by which bot and in which language. */
export type Talk = {
  readonly bot: BotSettings;
  readonly chat: ChatRow;
  readonly t: Words;
  readonly paintSample: PaintSample;
  readonly signal: AbortSignal;
};

/** A conversation with somebody whose account is linked. */
export type UserTalk = Talk & { readonly actor: UserActor };

/** A button below a message: its words, and what comes back when it is pressed (64 bytes at most). */
export type PressButton = { readonly text: string; readonly data: string };

/** Buttons in rows. */
export function keyboardOf(rows: readonly (readonly PressButton[])[]): InlineKeyboard {
  return InlineKeyboard.from(rows.map((row) => row.map(({ text, data }) => InlineKeyboard.text(text, data))));
}

type Extra = {
  readonly rows?: readonly (readonly PressButton[])[];
  /** The message that this one answers. */
  readonly answers?: number;
};

/** Says something in the chat. Throws what a call throws. */
export async function say({ bot, chat }: Talk, text: string, { rows, answers }: Extra = {}): Promise<void> {
  await apiOf(bot).sendMessage(chat.chatId, text, {
    link_preview_options: { is_disabled: true },
    ...(rows ? { reply_markup: keyboardOf(rows) } : {}),
    ...(answers ? { reply_parameters: { message_id: answers, allow_sending_without_reply: true } } : {}),
  });
}

/** Says why something was not done, in the site's own words, and what can be done about it. */
export async function sayFailure(talk: Talk, failure: Failure): Promise<void> {
  const { t } = talk;
  log.info({ door: 'bot', errorCode: failure.code, detail: failure.detail }, 'refused');
  const isSpent = failure.code === 'quota.exceeded' || failure.code === 'quota.imagesExceeded';
  await say(
    talk,
    failureText(t, failure),
    isSpent ? { rows: [[{ text: t('bot.commands.plans.label'), data: 'm:plans' }]] } : {},
  );
}

/** The budgets of somebody who acts in a chat: their account's, which is the site's too. */
const keysOf = ({ chat, actor }: UserTalk) => ({ address: placeOf(chat), account: `user|${actor.userId}` });

/**
 * The door of what is done in a chat: the account's own budget, the account's own rows, and what somebody reached for that is
 * not theirs is written down; as it is for a page and a program.
 *
 * @param reached The ids that were sent.
 */
export async function asUser<T>(
  talk: UserTalk,
  limit: AccountPolicy,
  work: (actor: UserActor) => Promise<Result<T>>,
  reached?: unknown,
): Promise<Result<T>> {
  const keys = keysOf(talk);
  const room = await checkLimit(limit, keys as never);
  if (!room.ok) return room;
  const done = await runForAccount(keys.account, () => work(talk.actor));
  if (!done.ok && done.code === 'notFound') await recordRefusal(talk.actor, reached, limit);
  return done;
}

const wellFormed = /^[\w-]{22}$/;

/** An id as a button carries it: 22 letters in place of 36. */
export const packId = (id: string): string =>
  Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

/** What {@link packId} made; `notFound` for anything else. */
export function unpackId(text: string | undefined): Result<string> {
  if (!text || !wellFormed.test(text)) return fail('notFound', 'no id');
  const hex = Buffer.from(text, 'base64url').toString('hex');
  return { ok: true, value: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') };
}
