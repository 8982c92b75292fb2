import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { newPhone, password } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';
import type { World } from './actors.ts';

/** What the doors of an account need to be opened with. */
export type AccountPlace = {
  avatar: Blob;
  sessions: { user: string; vendor: string };
  tokens: { user: string; vendor: string };
  webhooks: { user: string; vendor: string };
  messages: { user: string; vendor: string };
  chatId: string;
};

/** Another session of each account, and a picture. */
export async function accountPlace(database: TestDatabase, world: World): Promise<AccountPlace> {
  const sessions = { user: randomUUID(), vendor: randomUUID() };
  await database.query(
    `INSERT INTO sessions (id, user_id, vendor_id, refresh_token_hash, expires_at) VALUES
       ($1, $2, NULL, 'h', now() + interval '1 day'), ($3, NULL, $4, 'h', now() + interval '1 day')`,
    [sessions.user, world.userId, sessions.vendor, world.vendorId],
  );
  const bytes = await quarters(80, 80).jpeg().toBuffer();
  const tokens = { user: randomUUID(), vendor: randomUUID() };
  await database.query(
    `INSERT INTO api_tokens (id, user_id, vendor_id, name, token_hash, hint, scopes) VALUES
       ($1, $2, NULL, 'x', repeat('a', 64), 'abcd', '{account:read}'), ($3, NULL, $4, 'x', repeat('b', 64), 'abcd', '{account:read}')`,
    [tokens.user, world.userId, tokens.vendor, world.vendorId],
  );
  const webhooks = { user: randomUUID(), vendor: randomUUID() };
  const messages = { user: randomUUID(), vendor: randomUUID() };
  await database.query(
    `INSERT INTO webhook_endpoints (id, user_id, vendor_id, url, events) VALUES
       ($1, $2, NULL, 'https://a.example', '{payment.completed}'), ($3, NULL, $4, 'https://a.example', '{payment.completed}')`,
    [webhooks.user, world.userId, webhooks.vendor, world.vendorId],
  );
  await database.query(
    `INSERT INTO webhook_messages (id, endpoint_id, event, subject_id, next_at) VALUES
       ($1, $2, 'payment.completed', $2, NULL), ($3, $4, 'payment.completed', $4, NULL)`,
    [messages.user, webhooks.user, messages.vendor, webhooks.vendor],
  );
  const chatId = randomUUID();
  await database.query(
    `INSERT INTO bot_chats (id, platform, chat_id, user_id, language, linked_at) VALUES ($1, 'bale', 1, $2, 'fa', now())`,
    [chatId, world.userId],
  );
  return { avatar: new Blob([new Uint8Array(bytes)]), sessions, tokens, webhooks, messages, chatId };
}

type AccountEntry = {
  for: 'user' | 'vendor';
  input: (place: AccountPlace) => unknown;
  owned: boolean;
  /** What the rightful owner is told where nothing was asked for before. */
  opens?: string;
};

function doorsOf(kind: 'user' | 'vendor'): Record<string, AccountEntry> {
  const title = kind === 'user' ? 'User' : 'Vendor';
  const own = (input: AccountEntry['input'], more: Partial<AccountEntry> = {}): AccountEntry => ({
    for: kind,
    input,
    owned: false,
    ...more,
  });
  return {
    [`account.revoke${title}Session`]: own(({ sessions }) => ({ id: sessions[kind] }), {
      owned: kind === 'user',
    }),
    [`account.revokeOther${title}Sessions`]: own(() => ({})),
    ...(kind === 'user' && {
      'account.updateUserProfile': own(() => ({ name: 'x', bio: '' })),
      'bot.unlinkUserChat': own(({ chatId }) => ({ id: chatId }), { owned: true }),
    }),
    [`account.create${title}Token`]: own(() => ({
      name: 'x',
      scopes: ['account:read'],
      days: '30',
      password,
    })),
    [`account.revoke${title}Token`]: own(({ tokens }) => ({ id: tokens[kind] }), { owned: kind === 'user' }),
    // A name that only the root servers know leads nowhere.
    [`webhooks.create${title}Webhook`]: own(
      () => ({ url: 'https://a.invalid/', events: ['payment.completed'] }),
      {
        opens: 'input.invalid',
      },
    ),
    [`webhooks.rotate${title}Webhook`]: own(({ webhooks }) => ({ id: webhooks[kind] }), {
      owned: kind === 'user',
    }),
    [`webhooks.ping${title}Webhook`]: own(({ webhooks }) => ({ id: webhooks[kind] }), {
      owned: kind === 'user',
    }),
    [`webhooks.enable${title}Webhook`]: own(({ webhooks }) => ({ id: webhooks[kind] }), {
      owned: kind === 'user',
    }),
    [`webhooks.repeat${title}Message`]: own(({ messages }) => ({ id: messages[kind] }), {
      owned: kind === 'user',
    }),
    [`webhooks.remove${title}Webhook`]: own(({ webhooks }) => ({ id: webhooks[kind] }), {
      owned: kind === 'user',
    }),
    [`account.change${title}Avatar`]: own(({ avatar }) => ({ picture: avatar })),
    [`account.remove${title}Avatar`]: own(() => ({})),
    [`account.change${title}Password`]: own(() => ({ password, newPassword: password })),
    [`account.request${title}PhoneChange`]: own(() => ({ phone: newPhone(), password })),
    [`account.resend${title}PhoneCodes`]: own(() => ({}), { opens: 'auth.codeExpired' }),
    [`account.change${title}Phone`]: own(() => ({ oldCode: '000000', code: '000000' }), {
      opens: 'auth.codeExpired',
    }),
    [`account.refuse${title}Codes`]: own(() => ({})),
    [`account.agreeAs${title}`]: own(() => [{ page: 'privacy', version: 1 }]),
    [`notifications.read${title}Notices`]: own(() => ({})),
    [`notifications.read${title}NoticesAbout`]: own(() => ({ id: '00000000-0000-4000-8000-000000000000' })),
    [`account.set${title}Notices`]: own(() => ({ topic: 'quota', isOn: true })),
    // Opened with the wrong password: the account is needed by the doors that follow.
    [`account.delete${title}Account`]: own(() => ({ password: 'not this one', confirm: 'delete' }), {
      opens: 'input.invalid',
    }),
  };
}

/** Every door of an account of either kind. */
export const accountActions: Record<string, AccountEntry> = { ...doorsOf('user'), ...doorsOf('vendor') };
