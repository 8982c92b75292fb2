import { beforeEach, describe, expect, it } from 'vitest';
import { deleteAccount } from '#lib/account/delete-account.ts';
import { readAccount } from '#lib/account/export-store.ts';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { listOpenCodes } from '#lib/auth/device-code/open-codes.ts';
import { hearWebhook } from '#lib/bot/inbox/hear-webhook.ts';
import { sweepBots } from '#lib/bot/sweep-bots.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { hear, linkChatOf, newChat, saidTo, useBotServer } from '#tests/support/bots.ts';
import { must } from '#tests/support/conversions.ts';
import {
  newestCode,
  newPhone,
  otherThan,
  password,
  signUpAndVerify,
  useIdentity,
} from '#tests/support/identity.ts';
import { messageFrom, pressFrom } from '#tests/support/servers/bot-api.ts';

const database = useIdentity(1000);
const server = await useBotServer({ BOT_TELEGRAM_UPDATES: 'webhook' });

beforeEach(() => void server().calls.splice(0));

const ownContact = (chatId: number, phone: string) =>
  messageFrom(chatId, { contact: { phone_number: phone.slice(1), first_name: 'Sara', user_id: chatId } });

const chatRow = async (chatId: number) =>
  (
    await database().query<{
      id: string;
      user_id: string | null;
      language: string;
      look_image_id: string | null;
    }>('SELECT id, user_id, language, look_image_id FROM bot_chats WHERE chat_id = $1', [chatId])
  )[0];

describe('a chat becomes an account’s', () => {
  it('by its own number and the code that was sent there; its owner is told', async () => {
    const { accountId, phone } = await signUpAndVerify(database());
    const chatId = await linkChatOf(database(), phone);
    expect((await chatRow(chatId))?.user_id).toBe(accountId);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.bot.link.done);
    const notices = await database().query('SELECT kind, data FROM notifications WHERE user_id = $1', [
      accountId,
    ]);
    expect(notices).toContainEqual({ kind: 'messenger.link', data: { platform: 'telegram' } });
    const exported = JSON.parse((await readAccount('user', accountId)) ?? '{}');
    expect(exported.messengers).toEqual([expect.objectContaining({ platform: 'telegram', chat_id: chatId })]);
  });

  it('not by somebody else’s number, nor by one that does not say whose it is', async () => {
    const { phone } = await signUpAndVerify(database());
    const chatId = newChat();
    for (const user_id of [chatId + 1, undefined]) {
      await hear([
        messageFrom(chatId, { contact: { phone_number: phone.slice(1), first_name: 'X', user_id } }),
      ]);
      expect(saidTo(server(), chatId).at(-1)).toBe(fa.bot.link.notYours);
    }
    const codes = await database().query("SELECT 1 FROM otps WHERE phone = $1 AND step = 'messenger'", [
      phone,
    ]);
    expect(codes).toEqual([]);
  });

  it('and a number that nobody has here gets the same answer and no message', async () => {
    const { phone } = await signUpAndVerify(database());
    const [known, unknown] = [newChat(), newChat()];
    const stranger = newPhone();
    await hear([ownContact(known, phone), ownContact(unknown, stranger)]);
    expect(saidTo(server(), unknown)).toEqual(saidTo(server(), known));
    const { id } = await newestCode(database(), stranger);
    must(await sendCodeMessage(id));
    expect(await database().query('SELECT 1 FROM outbox_messages WHERE phone = $1', [stranger])).toEqual([]);
    const { code } = await newestCode(database(), stranger);
    await hear([messageFrom(unknown, { text: code })]);
    expect((await chatRow(unknown))?.user_id).toBeNull();
  });

  it('not by a wrong code, and a code opens nothing in another chat, on a page or on a device', async () => {
    const { accountId, phone, claims } = await signUpAndVerify(database());
    const [chatId, other] = [newChat(), newChat()];
    await hear([ownContact(chatId, phone)]);
    const { id, code } = await newestCode(database(), phone);
    must(await sendCodeMessage(id));
    const [message] = await database().query<{ body: string }>(
      'SELECT text AS body FROM outbox_messages WHERE phone = $1 ORDER BY created_at DESC LIMIT 1',
      [phone],
    );
    expect(message?.body).toContain(code);
    expect(message?.body, 'no browser fills it in').not.toContain('@localhost');
    await hear([messageFrom(other, { text: code }), messageFrom(chatId, { text: otherThan(code) })]);
    expect(saidTo(server(), other).at(-1)).toBe(fa.errors.auth.codeExpired);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.errors.auth.codeWrong);
    const actor = { kind: 'user', userId: accountId, sessionId: claims.sid, phone } as const;
    expect(await listOpenCodes(actor)).toEqual([]);
    // Persian digits, as they are typed here.
    const typed = code.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
    await hear([messageFrom(chatId, { text: typed })]);
    expect((await chatRow(chatId))?.user_id).toBe(accountId);
  });

  it('one in a messenger: the newest, and none of somebody else’s any more', async () => {
    const first = await signUpAndVerify(database());
    const second = await signUpAndVerify(database());
    const chatId = await linkChatOf(database(), first.phone);
    const newer = await linkChatOf(database(), first.phone);
    expect(await chatRow(chatId)).toBeUndefined();
    await hear([pressFrom(newer, 'u:yes')]);
    expect(await chatRow(newer)).toBeUndefined();
    await linkChatOf(database(), second.phone, newer);
    expect((await chatRow(newer))?.user_id).toBe(second.accountId);
  });
});

describe('a link ends', () => {
  it('by its owner in the chat, and whoever writes then is a stranger', async () => {
    const { phone } = await signUpAndVerify(database());
    const chatId = await linkChatOf(database(), phone);
    await hear([messageFrom(chatId, { text: '/unlink' })]);
    await hear([pressFrom(chatId, 'u:no')]);
    expect((await chatRow(chatId))?.user_id).not.toBeNull();
    await hear([pressFrom(chatId, 'u:yes')]);
    expect(await chatRow(chatId)).toBeUndefined();
    await hear([messageFrom(chatId, { text: '/quota' })]);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.bot.link.ask);
  });

  it('with another number of the account, and with the account', async () => {
    const first = await signUpAndVerify(database());
    const chatId = await linkChatOf(database(), first.phone);
    await database().query('UPDATE users SET phone = $2 WHERE id = $1', [first.accountId, newPhone()]);
    expect(await chatRow(chatId)).toBeUndefined();
    const second = await signUpAndVerify(database());
    const other = await linkChatOf(database(), second.phone);
    const actor = { kind: 'user', userId: second.accountId, sessionId: second.claims.sid } as const;
    must(await deleteAccount(actor, { password }));
    expect(await chatRow(other)).toBeUndefined();
  });

  it('not with a suspension: it is said, and nothing else is done', async () => {
    const { accountId, phone } = await signUpAndVerify(database());
    const chatId = await linkChatOf(database(), phone);
    await database().query("UPDATE users SET is_active = false, suspended_for = 'payment' WHERE id = $1", [
      accountId,
    ]);
    await hear([
      messageFrom(chatId, { text: '/quota' }),
      messageFrom(chatId, { photo: [{ file_id: 'x', width: 9, height: 9 }] }),
    ]);
    expect(saidTo(server(), chatId).slice(-2)).toEqual(Array(2).fill(fa.errors.account.inactivePayment));
    expect(server().calls.some(({ method }) => method === 'getFile')).toBe(false);
  });
});

describe('what comes from a messenger', () => {
  const post = (secret: string | undefined, body: string) =>
    hearWebhook(
      'telegram',
      new Request('http://localhost/api/bot/telegram', {
        method: 'POST',
        body,
        headers: secret ? { 'x-telegram-bot-api-secret-token': secret } : {},
      }),
    );

  it('is taken by a webhook that shows the secret we gave, however often it is told, once', async () => {
    const { prepareBot } = await import('#lib/bot/prepare-bot.ts');
    const { env } = await import('#lib/core/env/env.ts');
    const [bot] = env().bots;
    expect(bot && (await prepareBot(bot))).toBe(true);
    const set = server().calls.find(({ method }) => method === 'setWebhook');
    expect(set?.payload.url).toBe('http://localhost:3000/api/bot/telegram');
    const secret = String(set?.payload.secret_token);
    expect(secret).toMatch(/^[\w-]{40,256}$/);
    expect(server().calls.filter(({ method }) => method === 'setMyCommands')).toHaveLength(2);
    const update = messageFrom(newChat(), { text: 'سلام' });
    for (const wrong of [undefined, '', 'x', `${secret}x`, secret.toUpperCase()]) {
      expect(await post(wrong, JSON.stringify(update))).toMatchObject({ ok: false, code: 'notFound' });
    }
    for (let told = 0; told < 3; told += 1)
      expect(await post(secret, JSON.stringify(update))).toMatchObject({ ok: true });
    expect(await post(secret, 'no JSON')).toMatchObject({ ok: true });
    expect(await post(secret, '{"update_id":"x"}')).toMatchObject({ ok: true });
    await hear([]);
    expect(saidTo(server(), update.message.chat.id)).toEqual([fa.bot.link.ask]);
    const rows = await database().query('SELECT body, next_at FROM bot_updates WHERE update_id = $1', [
      update.update_id,
    ]);
    expect(rows, 'what was written is not kept').toEqual([{ body: null, next_at: null }]);
  });

  it('does no harm out of order, from groups, from other bots and in other shapes', async () => {
    const chatId = newChat();
    const [late, early] = [messageFrom(chatId, { text: '/start' }), messageFrom(chatId, { text: '/help' })];
    await hear([early]);
    await hear([late, early]);
    expect(saidTo(server(), chatId)).toHaveLength(2);
    server().calls.splice(0);
    const group = messageFrom(chatId, { text: 'x' });
    const bot = messageFrom(chatId, { text: 'x' });
    await hear([
      { ...group, message: { ...group.message, chat: { id: -5, type: 'group' } } },
      { ...bot, message: { ...bot.message, from: { id: 9, is_bot: true } } },
      { update_id: late.update_id + 50_000, channel_post: { text: 'x' } },
      { update_id: late.update_id + 50_001, message: { chat: 'nonsense' } },
      { no: 'number' },
    ]);
    expect(server().calls).toEqual([]);
    expect(await database().query('SELECT 1 FROM bot_updates WHERE next_at IS NOT NULL')).toEqual([]);
  });

  it('holds up nobody else, whatever the database could not keep of it', async () => {
    const [broken, next] = [newChat(), newChat()];
    const update = messageFrom(broken, { text: 'a\0b\ud800', forward_origin: { 'k\0': '\udfff' } });
    const far = messageFrom(broken, { text: 'x' });
    const odd = { ...far, message: { ...far.message, chat: { id: 1e300, type: 'private' } } };
    await hear([update, odd, messageFrom(next, { text: 'x' })]);
    expect([saidTo(server(), broken), saidTo(server(), next)]).toEqual([
      [fa.bot.link.ask],
      [fa.bot.link.ask],
    ]);
    const { webhookSecret } = await import('#lib/bot/inbox/webhook-secret.ts');
    const told = await post(
      webhookSecret('telegram'),
      JSON.stringify(messageFrom(broken, { text: '\ud800' })),
    );
    expect(told, 'it would be sent again for ever').toMatchObject({ ok: true });
  });

  it('goes on in the language that was chosen', async () => {
    const chatId = newChat();
    await hear([messageFrom(chatId, { text: 'hello' }, 'de')]);
    expect(saidTo(server(), chatId)).toEqual([en.bot.link.ask]);
    await hear([messageFrom(chatId, { text: 'language' }, 'de')]);
    await hear([pressFrom(chatId, 'g:fa')]);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.bot.language.done);
    await hear([messageFrom(chatId, { text: 'hello' }, 'de')]);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.bot.link.ask);
  });

  it('is forgotten: updates after three days, strangers after a week, linked chats never', async () => {
    const { phone } = await signUpAndVerify(database());
    const linked = await linkChatOf(database(), phone);
    const stranger = newChat();
    await hear([messageFrom(stranger, { text: 'x' })]);
    await database().query("UPDATE bot_chats SET last_used_at = last_used_at - interval '8 days'");
    await database().query("UPDATE bot_updates SET received_at = received_at - interval '4 days'");
    await sweepBots();
    expect(await chatRow(stranger)).toBeUndefined();
    expect(await chatRow(linked)).toBeDefined();
    expect(await database().query('SELECT 1 FROM bot_updates')).toEqual([]);
  });
});
