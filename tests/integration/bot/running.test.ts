import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it, vi } from 'vitest';
import { root } from '#scripts/steps/root.ts';
import { buttonsIn, linkedChat, newChat, saidTo, useBotServer } from '#tests/support/bots.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { endProcess, startWorkerProcess } from '#tests/support/processes/worker-process.ts';
import { createBotServer, messageFrom, pressFrom } from '#tests/support/servers/bot-api.ts';

/** Real workers, the real engine and the route of the web process: a messenger is all that is played. */
const database = useIdentity(1000);
const server = await useBotServer();
const bale = await createBotServer('654321:another-token-of-these-tests');
process.env.BOT_BALE_TOKEN = bale.token;
process.env.BOT_BALE_ROOT = bale.root;
process.env.BOT_BALE_UPDATES = 'webhook';

const workers: ChildProcess[] = [];
afterAll(async () => {
  await Promise.all(workers.map((worker) => endProcess(worker, 'SIGKILL')));
  await bale.close();
});

const wait = { timeout: 150_000, interval: 200 };

async function holder(): Promise<string | undefined> {
  const [row] = await database().query<{ holder: string }>(
    "SELECT holder FROM bot_pollers WHERE platform = 'telegram'",
  );
  return row?.holder;
}

it('a photo in one messenger and a line in the other, with two workers of which one asks and one dies', async () => {
  const { userId, chatId } = await linkedChat(database());
  workers.push(startWorkerProcess(database().url), startWorkerProcess(database().url));
  const photo = await sharp(await readFile(join(root, 'public/samples/grace-hopper.jpg')))
    .resize(400)
    .jpeg()
    .toBuffer();
  server().keep('real', photo);
  server().push(
    messageFrom(chatId, { photo: [{ file_id: 'real', width: 400, height: 500, file_size: photo.length }] }),
  );
  await vi.waitFor(() => expect(buttonsIn(server(), chatId)).toHaveLength(15), wait);
  const sheet = server().calls.find(({ method }) => method === 'sendPhoto');
  expect((await sharp(Object.values(sheet?.files ?? {})[0]).metadata()).width).toBeGreaterThan(900);

  // One asks; the other never did.
  const first = await holder();
  expect(server().calls.filter(({ method }) => method === 'deleteWebhook').length).toBeGreaterThan(0);
  const noir = buttonsIn(server(), chatId).find(({ callback_data }) => callback_data.endsWith(':noir'));
  server().push(pressFrom(chatId, noir?.callback_data ?? ''));
  await vi.waitFor(
    () => expect(server().calls.some(({ method }) => method === 'sendDocument')).toBe(true),
    wait,
  );
  const file = server().calls.find(({ method }) => method === 'sendDocument');
  const made = await sharp(Object.values(file?.files ?? {})[0]).stats();
  expect(made.channels[0]?.mean, 'black and white').toBeCloseTo(made.channels[2]?.mean ?? 0, -1);
  const [charged] = await database().query('SELECT free_quota_remaining AS free FROM users WHERE id = $1', [
    userId,
  ]);
  expect(charged).toEqual({ free: 1 });

  // The other messenger tells us, by the web's own route; a worker has given it the secret.
  const told = bale.calls.find(({ method }) => method === 'setWebhook')?.payload;
  const { POST } = await import('../../../app/api/bot/[platform]/route.ts');
  const other = newChat();
  const answered = await POST(
    new Request(String(told?.url), {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': String(told?.secret_token) },
      body: JSON.stringify(messageFrom(other, { text: '/start' })),
    }),
    { params: Promise.resolve({ platform: 'bale' }) },
  );
  expect(answered.status).toBe(200);
  await vi.waitFor(() => expect(saidTo(bale, other)).toHaveLength(1), wait);

  // Who asked is killed; the other goes on where that one was.
  const asking = await holder();
  expect(asking).toBe(first);
  await endProcess(workers[0] as ChildProcess, 'SIGKILL');
  server().push(messageFrom(chatId, { text: '/quota' }));
  await vi.waitFor(() => expect(saidTo(server(), chatId).join()).toContain('رایگان'), wait);
  expect(await endProcess(workers[1] as ChildProcess, 'SIGTERM')).toBe(0);
}, 420_000);
