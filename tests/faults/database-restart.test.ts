import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { disconnectDb } from '#lib/db/client.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { type Browser, browserAt, cookieOf } from '#scripts/rig/browser.ts';
import { endAll, startWeb, startWorker, type Web } from '#scripts/rig/processes.ts';
import { newPhoto } from '#tests/support/conversions.ts';
import { newVendor, ownDataDir } from '#tests/support/files.ts';
import { expectWhole } from '#tests/support/invariants.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { createOwnCluster, type OwnCluster } from './support/own-cluster.ts';
import { conversionRow, until } from './support/watch.ts';

const data = ownDataDir();
let cluster: OwnCluster;

beforeAll(async () => {
  cluster = await createOwnCluster();
}, 120_000);
afterAll(async () => {
  await closeSender();
  await disconnectDb();
  await cluster.close();
  await data.remove();
});
afterEach(async () => {
  await endAll();
  await expectWhole(cluster.database);
});

const perSecond = 50;
const vendors = 12;

/** Fifty requests a second: what is one's own, every tenth time a public page, every fifth a write. */
function load(name: string, web: Web, reader: Browser, writers: readonly Browser[]) {
  const errors: number[] = [];
  const acknowledged: string[] = [];
  const begun: Promise<void>[] = [];
  let isOver = false;
  let sent = 0;
  const write = async (turn: number): Promise<void> => {
    const title = `${name} ${turn}`;
    const writer = writers[(turn / 5) % writers.length] as Browser;
    const answer = await writer.act('createAlbum', '/vendor/albums', { title }, AbortSignal.timeout(15_000));
    if (!answer.ok) throw new Error(answer.code);
    acknowledged.push(title);
  };
  const one = async (turn: number): Promise<void> => {
    const begunAt = Date.now();
    try {
      if (turn % 5 === 0) return await write(turn);
      const [somebody, path] =
        turn % 10 === 1 ? [browserAt(web.url), '/plans'] : [reader, '/api/conversions'];
      const answer = await somebody.get(path, { signal: AbortSignal.timeout(15_000) });
      await answer.arrayBuffer();
      if (answer.status >= 500) throw new Error(String(answer.status));
    } catch {
      errors.push(begunAt);
    }
  };
  const pacing = (async () => {
    while (!isOver) {
      begun.push(one(sent));
      sent += 1;
      await sleep(1000 / perSecond);
    }
  })();
  return {
    errors,
    acknowledged,
    sent: () => sent,
    async stop() {
      isOver = true;
      await pacing;
      await Promise.all(begun);
    },
  };
}

/** Somebody who watches a conversion, and asks again when the stream ends, as a browser does. */
function watchEvents(browser: Browser, id: string) {
  let isOver = false;
  const stop = new AbortController();
  const seen: string[] = [];
  const reading = (async () => {
    while (!isOver) {
      try {
        const answer = await browser.get(`/api/conversions/${id}/events`, { signal: stop.signal });
        const decoder = new TextDecoder();
        if (answer.body)
          for await (const chunk of answer.body) seen.push(decoder.decode(chunk as Uint8Array));
      } catch {
        // The server is away: once more in a moment.
      }
      if (!isOver) await sleep(500);
    }
  })();
  return {
    seen: () => seen.join(''),
    async stop() {
      isOver = true;
      stop.abort();
      await reading;
    },
  };
}

const listeners = () =>
  cluster.database
    .query(`SELECT application_name AS name FROM pg_stat_activity WHERE application_name = 'ai-stayler-feed'`)
    .catch(() => []);

for (const [title, how] of [
  ['07 PostgreSQL restarted', 'restart'],
  ['08 PostgreSQL killed', 'kill'],
] as const) {
  test(`${title} under 50 requests a second: errors only while it is away, what was acknowledged is there, listeners come back`, async ({
    task,
  }) => {
    const web = await startWeb({ DATABASE_URL: cluster.url });
    const worker = startWorker({ DATABASE_URL: cluster.url });
    const { actor, imageId } = await newPhoto();
    const reader = browserAt(web.url, await cookieOf('user', actor.userId));
    const writers = await Promise.all(
      Array.from({ length: vendors }, async () => {
        const { vendorId } = await newVendor();
        return browserAt(web.url, await cookieOf('vendor', vendorId));
      }),
    );
    const waiting = await reader.act('requestConversions', '/studio', {
      imageIds: [imageId],
      style: 'duotone',
    });
    const [id = ''] = (waiting.value as { ids: string[] }).ids;
    await until(
      'done',
      () => conversionRow(cluster.database, id),
      ({ status }) => status === 'completed',
    );
    // Guesses at a password, counted before the fault.
    for (let guess = 0; guess < 3; guess += 1) {
      await browserAt(web.url).act('signInUser', '/login', {
        phone: '09121234567',
        password: 'not this one',
      });
    }
    await sleep(1500);
    const counted = () =>
      cluster.database.query<{ key: string; count: number }>(
        `SELECT key, count FROM rate_limits WHERE key LIKE 'session.create:phone%' ORDER BY key`,
      );
    const before = await counted();
    expect(before.length).toBeGreaterThan(0);

    // What galleries show is kept, and dropped when a change is heard of: from here on this server listens.
    expect((await browserAt(web.url).get('/explore')).status).toBe(200);
    await until('listening', listeners, (rows) => rows.length > 0, 20_000);

    const pressure = load(how, web, reader, writers);
    await sleep(4000);
    expect(pressure.errors).toEqual([]);
    const awayAt = Date.now();
    if (how === 'restart') await cluster.stop();
    else await cluster.kill();
    await cluster.start();
    const backAt = Date.now();
    // Asked for as soon as it can be: the same worker process takes it.
    const wish = { imageIds: [imageId], style: 'duotone', requestKey: randomBytes(16).toString('hex') };
    const next = await until(
      'a new conversion is taken',
      () =>
        reader
          .act('requestConversions', '/studio', wish, AbortSignal.timeout(10_000))
          .catch((error: Error) => ({ ok: false, code: error.name, value: undefined })),
      ({ ok }) => ok,
      30_000,
    );
    const [later = ''] = (next.value as { ids: string[] }).ids;
    const events = watchEvents(reader, later);
    await until('listening again', listeners, (rows) => rows.length > 0, 20_000);
    await until(
      'told',
      async () => events.seen(),
      (seen) => seen.includes('completed'),
      60_000,
    );
    await events.stop();
    await sleep(Math.max(0, 12_000 - (Date.now() - backAt)));
    await pressure.stop();
    const lastError = Math.max(awayAt, ...pressure.errors);
    noteRecovery(task, Date.now() - (lastError - awayAt));
    process.stdout.write(
      `${how}: away ${((backAt - awayAt) / 1000).toFixed(1)} s, ${pressure.errors.length} of ${pressure.sent()} requests failed, the last of them begun ${((lastError - backAt) / 1000).toFixed(1)} s after it was back\n`,
    );
    expect(lastError).toBeLessThan(backAt + 10_000);
    const kept = await cluster.database.query<{ name: string }>('SELECT name FROM albums');
    const names = new Set(kept.map(({ name }) => name));
    expect(pressure.acknowledged.length).toBeGreaterThan(50);
    expect(pressure.acknowledged.filter((title) => !names.has(title))).toEqual([]);
    // What was not acknowledged is there whole or not at all.
    const written = await cluster.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_logs WHERE action = 'album.create'`,
    );
    expect(written[0]?.n).toBe(kept.length);
    expect(await counted()).toEqual(before);
    expect([worker.child.exitCode, web.child.exitCode]).toEqual([null, null]);
  }, 150_000);
}
