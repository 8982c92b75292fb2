import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { browserAt } from '#scripts/rig/browser.ts';
import { endAll, startWeb, untilReady } from '#scripts/rig/processes.ts';
import { createRedisServer, type RedisServer, redisMissing } from '#scripts/rig/redis-server.ts';
import { useConversions } from '#tests/support/conversions.ts';
import { newGallery } from '#tests/support/galleries.ts';
import { expectWhole } from '#tests/support/invariants.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { createTcpProxy } from '#tests/support/tcp-proxy.ts';
import { until } from './support/watch.ts';

const { database } = useConversions();
let redis: RedisServer;

const publicPaths = ['/', '/plans', '/login', '/signup', '/styles', '/terms', '/privacy', '/explore'];
const wrong = (phone: string) => ({ phone, password: 'not this one' });

describe.skipIf(redisMissing)(`two stores${redisMissing ? `: ${redisMissing}` : ''}`, () => {
  beforeAll(async () => {
    redis = await createRedisServer();
  });
  afterAll(() => redis?.close());
  afterEach(async () => {
    await endAll();
    await expectWhole(database());
  });

  test('13 the cache killed under two web servers: the limit of a number holds within a tenth', async ({
    task,
  }) => {
    const environment = { DATABASE_URL: database().url, REDIS_URL: redis.url, RATE_LIMIT_SCALE: '1' };
    const [first, second] = [await startWeb(environment), await startWeb(environment)];
    const guess = (turn: number) =>
      browserAt((turn % 2 ? first : second).url).act('signInUser', '/login', wrong('09121234567'));
    const codes: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) codes.push((await guess(turn)).code ?? '');
    await redis.kill();
    const killedAt = Date.now();
    for (let turn = 0; turn < 20; turn += 1) codes.push((await guess(turn)).code ?? '');
    noteRecovery(task, killedAt);
    // Ten have room in a quarter of an hour.
    expect(codes.filter((code) => code === 'auth.badCredentials').length).toBeLessThanOrEqual(11);
    expect(codes.filter((code) => code === 'rate.limited').length).toBeGreaterThanOrEqual(14);
    await redis.start();
    expect((await guess(1)).code).toBe('rate.limited');
  }, 90_000);

  test('15 cache and database away: signing in, codes and payments are shut, public pages open', async ({
    task,
  }) => {
    const gallery = await newGallery();
    await gallery.addAlbum({ imageIds: [await gallery.addImage()] });
    const proxy = await createTcpProxy(database().url);
    const web = await startWeb({ DATABASE_URL: proxy.url, REDIS_URL: redis.url, RATE_LIMIT_SCALE: '100' });
    const visitor = browserAt(web.url);
    const paths = [...publicPaths, `/g/${gallery.handle}`];
    const statuses = async () =>
      Object.fromEntries(
        await Promise.all(
          paths.map(async (path) => {
            const answer = await visitor.get(path);
            await answer.arrayBuffer();
            return [path, answer.status] as const;
          }),
        ),
      );
    const allOpen = Object.fromEntries(paths.map((path) => [path, 200]));
    // The first look also begins to listen for changes; what is read after it is kept.
    expect(await statuses()).toEqual(allOpen);
    await sleep(500);
    expect(await statuses()).toEqual(allOpen);
    const port = Number(new URL(proxy.url).port);
    await redis.kill();
    await proxy.close();
    const awayAt = Date.now();
    await until(
      'not ready',
      () => visitor.get('/api/health/ready'),
      ({ status }) => status === 503,
    );
    for (let round = 0; round < 3; round += 1) {
      expect(await statuses()).toEqual(allOpen);
      // What pages show is kept for ten seconds when all is well; nothing can have changed since.
      if (round === 1) await sleep(11_000);
    }
    for (const [name, path, input] of [
      ['signInUser', '/login', wrong('09121234567')],
      ['signUpUser', '/signup', { phone: '09121234568', password: 'a sentence nobody guesses', name: '' }],
      ['forgotUserPassword', '/forgot-password', { phone: '09121234567' }],
    ] as const) {
      expect(await visitor.act(name, path, input), name).toMatchObject({
        ok: false,
        code: 'service.unavailable',
      });
    }
    expect(Date.now() - awayAt).toBeLessThan(60_000);
    const back = await createTcpProxy(database().url, port);
    await Promise.all([redis.start()]);
    const backAt = Date.now();
    await untilReady(web.url);
    await until(
      'signing in is open again',
      () => visitor.act('signInUser', '/login', wrong('09121234569')),
      ({ code }) => code === 'auth.badCredentials',
    );
    noteRecovery(task, backAt);
    await back.close();
  }, 120_000);
});
