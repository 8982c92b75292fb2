import { createHmac } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import { findAccountById, findAccountByPhone } from '#lib/auth/account-store.ts';
import { checkCode } from '#lib/auth/code/check-code.ts';
import { issueCode, limitNewRequests } from '#lib/auth/code/issue-code.ts';
import { consumeCode } from '#lib/auth/code/store.ts';
import type { Phone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { type ChatRef, deleteChat, tieChat } from './store.ts';

const kind = 'user';
const purpose = 'messenger';

/** What stands for an address where budgets are counted: one chat is one place, and nobody else's. */
export const placeOf = ({ platform, chatId }: ChatRef): string => `${platform}|${chatId}`;

/** The mark of a chat, as codes are bound to it: typed anywhere else they open nothing. */
function markOf(chat: ChatRef): string {
  return createHmac('sha256', deriveKey('bot.chat')).update(placeOf(chat)).digest('base64url');
}

/**
 * Sends a code to the number that somebody shared as their own, by the machinery and within the limits of all codes. For a
 * number that nobody has here nothing is sent, and the answer is the same.
 */
export async function askLinkCode(chat: ChatRef, phone: Phone): Promise<Result<null>> {
  const address = placeOf(chat);
  const room = await limitNewRequests(address, { kind, purpose, phone });
  if (!room.ok) return room;
  const account = await findAccountByPhone(db(), kind, phone);
  return issueCode({
    kind,
    purpose,
    phone,
    browserHash: markOf(chat),
    accountId: account?.id ?? null,
    standing: 'stranger',
    address,
    pending: { message: account?.isActive ? 'code' : 'nothing' },
  });
}

/**
 * Links a chat to the account whose number was shared there and whose code was typed. Its owner is always told. Fails as
 * `checkCode` does, and with `auth.codeExpired` when the account is not there any more or has another number.
 */
export async function linkChat(chat: ChatRef, code: string): Promise<Result<{ userId: string }>> {
  const checked = await checkCode({
    kind,
    purpose,
    browserHash: markOf(chat),
    code,
    address: placeOf(chat),
  });
  if (!checked.ok) return checked;
  const { id, phone, accountId } = checked.value;
  if (!accountId) return fail('auth.codeExpired', 'a code that was sent to nobody');
  const { platform } = chat;
  return transact(async (tx) => {
    if (!(await consumeCode(tx, id))) return fail('auth.codeExpired', 'code was used at the same moment');
    const account = await findAccountById(tx, kind, accountId);
    if (account?.phone !== phone)
      return fail('auth.codeExpired', 'suspended, or the number is another by now');
    await tieChat(tx, chat, accountId);
    const actor = { kind, userId: accountId, sessionId: '' } as const;
    await recordEvent(tx, actor, 'messenger.link', { resource: 'messenger', metadata: { platform } });
    await recordNotice(tx, { kind, accountId }, 'messenger.link', { platform });
    return succeed({ userId: accountId });
  });
}

/** Ends the link of a chat: it is forgotten, with what it waited for. Fails with `notFound` for one that is not the user's. */
export async function unlinkChat(userId: string, id: string): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await deleteChat(tx, userId, id))) return fail('notFound', `chat ${id} is not the user's`);
    const actor = { kind, userId, sessionId: '' } as const;
    await recordEvent(tx, actor, 'messenger.unlink', { resource: 'messenger', resourceId: id });
    return succeed(null);
  });
}
