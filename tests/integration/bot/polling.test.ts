import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { pollUpdates } from '#lib/bot/inbox/poll-updates.ts';
import { env } from '#lib/core/env/env.ts';
import { newChat, useBotServer } from '#tests/support/bots.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { messageFrom, tooMany } from '#tests/support/servers/bot-api.ts';

const database = useIdentity(1000);
const server = await useBotServer();

const bot = () => env().bots[0] as NonNullable<ReturnType<typeof env>['bots'][0]>;
const inLine = () =>
  database().query<{ update_id: string }>('SELECT update_id FROM bot_updates ORDER BY update_id');

it('one of several asks, takes each update once, and the next goes on where it stopped', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const asking = pollUpdates(bot(), randomUUID(), first.signal);
  await vi.waitFor(() => expect(server().polls).toHaveLength(1), { timeout: 10_000 });
  // Another that comes meanwhile asks nothing.
  expect(await pollUpdates(bot(), randomUUID(), second.signal)).toBe(true);
  expect(server().polls).toHaveLength(1);
  const [one, two] = [messageFrom(newChat(), { text: 'a' }), messageFrom(newChat(), { text: 'b' })];
  server().push(one, two);
  await vi.waitFor(async () => expect(await inLine()).toHaveLength(2), { timeout: 10_000 });
  // Told again under its number, in the next answer and by another: no second row.
  server().push(one, messageFrom(newChat(), { text: 'c' }));
  await vi.waitFor(async () => expect(await inLine()).toHaveLength(3), { timeout: 10_000 });
  first.abort();
  expect(await asking).toBe(true);
  const next = server().polls.length;
  const going = pollUpdates(bot(), randomUUID(), second.signal);
  await vi.waitFor(() => expect(server().polls.length).toBeGreaterThan(next), { timeout: 10_000 });
  expect(server().polls.at(-1)).toBe(Number((await inLine()).at(-1)?.update_id) + 1);
  second.abort();
  await going;
});

it('a messenger that is away, slow or has had too much is left alone, and another worker may ask', async () => {
  const { signal } = new AbortController();
  server().script('getUpdates', 'hang up');
  expect(await pollUpdates(bot(), randomUUID(), signal)).toBe(false);
  const [row] = await database().query<{ free: boolean }>(
    "SELECT held_until <= clock_timestamp() AS free FROM bot_pollers WHERE platform = 'telegram'",
  );
  expect(row).toEqual({ free: true });
  server().script('getUpdates', tooMany(1));
  const began = performance.now();
  expect(await pollUpdates(bot(), randomUUID(), signal)).toBe(false);
  expect(performance.now() - began).toBeGreaterThanOrEqual(990);
  // One that says nothing for ever is given up when the worker ends.
  server().script('getUpdates', 'hang');
  const ending = new AbortController();
  const hanging = pollUpdates(bot(), randomUUID(), ending.signal);
  await sleep(200);
  ending.abort();
  expect(await hanging).toBe(true);
});
