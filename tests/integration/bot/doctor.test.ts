import { afterAll, beforeEach, expect, it } from 'vitest';
import { prepareBot } from '#lib/bot/prepare-bot.ts';
import type { BotSettings } from '#lib/core/env/bot-env.ts';
import { checkBots } from '#scripts/doctor/check-bots.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { createBotServer, messageFrom } from '#tests/support/servers/bot-api.ts';

/** What `npm run doctor` says of bots: it asks, and changes nothing. */
useIdentity();
const server = await createBotServer();
afterAll(() => server.close());
const site = 'http://localhost:3000';
const good: BotSettings = {
  platform: 'telegram',
  token: server.token,
  name: 'stayler_bot',
  root: server.root,
  updates: 'webhook',
};

const looked = async (change: Partial<BotSettings> = {}) => {
  const found = await checkBots({ bots: [{ ...good, ...change }], nextauthUrl: site });
  expect(JSON.stringify(found), 'the token is in no finding').not.toContain(
    (change.token ?? good.token).slice(8),
  );
  for (const { state, todo } of found) expect(Boolean(todo)).toBe(state !== 'green');
  return found.map(({ state, says }) => `${state}: ${says}`);
};

beforeEach(async () => void (await prepareBot(good)));

it('is green where the bot answers, is the one that pages lead to, and tells us', async () => {
  expect(await checkBots({ bots: [], nextauthUrl: site })).toEqual([]);
  const before = server.calls.length;
  expect(await looked()).toEqual([
    'green: the bot stayler_bot answers in telegram',
    'green: what people write comes from telegram by webhook',
  ]);
  expect(server.calls.slice(before).map(({ method }) => method)).toEqual(['getMe', 'getWebhookInfo']);
});

it.each([
  [
    'a token that is nobody’s',
    { token: '123456:a-token-of-somebody-else' },
    'red: telegram knows no bot by this token (404)',
  ],
  [
    'a name that is another bot’s',
    { name: 'other_bot' },
    'red: pages lead to other_bot in telegram, but the token is that of stayler_bot',
  ],
  ['no name', { name: undefined }, 'amber: no page leads to the bot in telegram'],
  ['no https', { root: 'http://bots.example' }, 'red: the token would go to bots.example without https'],
  [
    'a webhook that needs https',
    { root: 'https://bots.example' },
    'red: telegram tells only https addresses of updates',
  ],
  [
    'updates that go elsewhere',
    { updates: 'polling' },
    'amber: telegram tells another address of updates (localhost:3000)',
  ],
  ['nobody there', { root: 'http://127.0.0.1:1' }, 'amber: telegram does not answer'],
] as const)('says so of %s', async (_, change, says) => {
  expect(await looked(change)).toContain(says);
});

it('says what waits, what was refused last, and when the messenger is unwell', async () => {
  server.push(...Array.from({ length: 101 }, () => messageFrom(1, { text: 'x' })));
  expect(await looked()).toContain('amber: 101 updates wait in telegram');
  const info = {
    url: `${site}/api/bot/telegram`,
    pending_update_count: 3,
    last_error_message: `Bad: ${good.token}`,
  };
  server.script('getWebhookInfo', { status: 200, body: { ok: true, result: info } });
  expect(await looked()).toContain('amber: telegram could not tell us last: Bad: …');
  server.script('getWebhookInfo', { status: 200, body: { ok: true, result: { url: '' } } });
  expect(await looked()).toContain('amber: telegram tells nobody of updates yet');
  server.script('getMe', { status: 502, body: { ok: false, error_code: 502, description: 'Bad Gateway' } });
  expect(await looked()).toEqual(['amber: telegram answers 502']);
});
