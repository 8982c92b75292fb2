import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test, vi } from 'vitest';
import { streamEvents } from '#lib/conversions/stream-events.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { stopListening } from '#lib/db/changes/listen.ts';
import { must, newActor, useConversions } from '#tests/support/conversions.ts';

const { database } = useConversions();
afterAll(stopListening);

const followed = (look: () => Promise<{ n: number } | null>) => ({
  channel: 'conversion_changed' as const,
  id: '00000000-0000-4000-8000-000000000001',
  look,
  isLast: ({ n }: { n: number }) => n >= 99,
  toEvent: (view: { n: number }) => view,
  form: 'test',
  everyMs: 60,
  longestMs: 20_000,
  retryMs: 1000,
});

const open = (
  actor: UserActor,
  look: () => Promise<{ n: number } | null>,
  signal = new AbortController().signal,
) => streamEvents(actor, { n: 0 }, followed(look), signal);

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += Buffer.from(chunk).toString('utf8');
  return text;
}

test('many who watch the same thing cost one look, and each is told', async () => {
  const actor = await newActor();
  let n = 0;
  const look = vi.fn(async () => {
    n += 33;
    return { n };
  });
  const streams = Array.from({ length: 10 }, () => must(open(actor, look)));
  const texts = await Promise.all(streams.map(textOf));
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).toContain('data: {"n":99}');
  expect(look).toHaveBeenCalledTimes(3);
});

test('an account has so many streams and no more, and one that ended makes room', async () => {
  const actor = await newActor();
  const ends = Array.from({ length: 20 }, () => new AbortController());
  for (const end of ends) expect(open(actor, async () => ({ n: 1 }), end.signal).ok).toBe(true);
  expect(open(actor, async () => ({ n: 1 }))).toMatchObject({ code: 'rate.limited', retryAfterSeconds: 30 });
  expect(open(await newActor(), async () => ({ n: 99 })).ok).toBe(true);
  ends[0]?.abort();
  expect(open(actor, async () => ({ n: 1 }), ends[1]?.signal).ok).toBe(true);
  for (const end of ends) end.abort();
});

test('a stream ends with its session, and others of the account go on', async () => {
  const actor = await newActor();
  const other = { ...actor, sessionId: (await newActor()).sessionId };
  await database().query('UPDATE sessions SET user_id = $2 WHERE id = $1', [other.sessionId, actor.userId]);
  let n = 0;
  const look = async () => ({ n });
  const mine = textOf(must(open(actor, look)));
  const theirs = textOf(must(open(other, look)));
  await database().query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [actor.sessionId]);
  const ended = await Promise.race([mine, sleep(3000, 'still open')]);
  expect(ended).not.toBe('still open');
  n = 99;
  expect(await theirs).toContain('data: {"n":99}');
});
