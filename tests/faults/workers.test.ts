import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { addPhoto } from '#lib/files/upload/add-image.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { endAll, startWorker } from '#scripts/rig/processes.ts';
import { accounts, must, newActor, useConversions } from '#tests/support/conversions.ts';
import { filesUnder } from '#tests/support/files.ts';
import { expectWhole } from '#tests/support/invariants.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { quarters } from '#tests/support/pictures.ts';
import {
  createStyleService,
  dialects,
  type ServiceTurn,
  type StyleService,
} from '#tests/support/servers/style-service.ts';
import { createTcpProxy, meetCommit } from '#tests/support/tcp-proxy.ts';
import { conversionRow, until } from './support/watch.ts';

const { database, dataDir } = useConversions();
let service: StyleService;

beforeAll(async () => {
  service = await createStyleService();
});
afterAll(() => service.close());
afterEach(async () => {
  await endAll();
  await expectWhole(database());
});

const local = () => ({ DATABASE_URL: database().url });
const hosted = () => ({ ...local(), STYLE_ENGINE: 'openai', STYLE_ENGINE_BASE_URL: service.url });
const rowOf = (id: string) => conversionRow(database(), id);
const becomes = (id: string, status: string, withinMs = 60_000) =>
  until(
    `conversion is ${status}`,
    () => rowOf(id),
    (row) => row.status === status,
    withinMs,
  );

/** A fresh user who has asked for one conversion; a large photo keeps a worker busy for a while. */
async function request(style: StyleName, [width, height]: readonly [number, number] = [240, 180]) {
  const actor = await newActor();
  await database().query(
    "INSERT INTO agreements (user_id, terms, engine) VALUES ($1, 'photos-1', 'openai')",
    [actor.userId],
  );
  const source = await quarters(width ?? 0, height ?? 0)
    .jpeg()
    .toBuffer();
  const { id: imageId } = must(await addPhoto({ userId: actor.userId, fileName: 'photo.jpg', source }));
  return { actor, ...must(await requestConversion(actor, { imageId, style })) };
}
const large: readonly [number, number] = [2400, 1800];

/** How many folders the files of an account fill: one for each picture that is kept. */
async function foldersOf(userId: string) {
  const kept = await database().query<{ id: string }>('SELECT id FROM stored_files WHERE user_id = $1', [
    userId,
  ]);
  const all = await filesUnder(join(dataDir, 'files'));
  return kept.filter(({ id }) => all.some((path) => path.includes(id))).length;
}

test('02 a worker killed after the provider answered and before our commit: one charge there, one result here', async ({
  task,
}) => {
  const picture = await quarters(240, 180).png().toBuffer();
  service.script({ status: 200, body: dialects.openai.picture(picture) });
  const proxy = await createTcpProxy(database().url);
  const asked = service.calls.length;
  const held = meetCommit(proxy, "SET status = 'completed'", 'before');
  const first = startWorker({ ...hosted(), DATABASE_URL: proxy.url });
  const { actor, id } = await request('noir');
  await held;
  await first.end('SIGKILL');
  const killedAt = Date.now();
  await proxy.close();
  expect(await rowOf(id)).toMatchObject({ status: 'processing', attempts: 1 });
  startWorker(hosted());
  await becomes(id, 'completed');
  expect(noteRecovery(task, killedAt)).toBeLessThan(60);
  const calls = service.calls.slice(asked);
  expect(calls).toHaveLength(2);
  // The second question is the first one again: a provider that keeps keys does not charge for it.
  expect(new Set(calls.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set([id]));
  expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  expect(await foldersOf(actor.userId)).toBe(2);
}, 120_000);

test('05 a worker asleep while its job ran elsewhere wakes up to nothing: one result', async ({ task }) => {
  const asleep = startWorker(local());
  const { actor, id } = await request('oil', large);
  await until(
    'painting',
    () => rowOf(id),
    (row) => row.stage === 'paint',
  );
  asleep.signal('SIGSTOP');
  const stoppedAt = Date.now();
  startWorker(local());
  await becomes(id, 'completed', 90_000);
  expect(noteRecovery(task, stoppedAt)).toBeLessThan(60);
  const [before] = await database().query(
    'SELECT result_image_id, completed_at FROM user_conversions WHERE id = $1',
    [id],
  );
  asleep.signal('SIGCONT');
  // It has ended its own attempt by the time it has stopped in order.
  expect(await asleep.end('SIGTERM')).toBe(0);
  expect(await rowOf(id)).toMatchObject({ status: 'completed', attempts: 2 });
  const [after] = await database().query(
    'SELECT result_image_id, completed_at FROM user_conversions WHERE id = $1',
    [id],
  );
  expect(after).toEqual(before);
  expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  expect(await foldersOf(actor.userId)).toBe(2);
}, 180_000);

test('06 two workers told to stop with four conversions running: out within 30 s, none lost', async ({
  task,
}) => {
  const workers = [startWorker(local()), startWorker(local())];
  const asked = await Promise.all(Array.from({ length: 4 }, () => request('oil', large)));
  const states = () => Promise.all(asked.map(({ id }) => rowOf(id)));
  await until('four running', states, (rows) => rows.every(({ status }) => status === 'processing'));
  const toldAt = Date.now();
  const codes = await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
  expect(codes).toEqual([0, 0]);
  expect(noteRecovery(task, toldAt)).toBeLessThan(30);
  startWorker(local());
  await until('all done', states, (rows) => rows.every(({ status }) => status === 'completed'), 120_000);
  for (const { actor } of asked) {
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  }
}, 240_000);

test('09 a LISTEN line that died without a word: the next conversion starts within 5 s all the same', async ({
  task,
}) => {
  const proxy = await createTcpProxy(database().url);
  startWorker({ ...local(), DATABASE_URL: proxy.url });
  const listens = ({ said }: { said: string }) => /\bLISTEN\s+["\w]/.test(said);
  const heard = () => [...proxy.conversations].filter(listens);
  await until(
    'listening',
    async () => heard().length,
    (lines) => lines > 0,
  );
  expect(proxy.silence(listens)).toBe(1);
  for (let turn = 0; turn < 3; turn += 1) {
    const askedAt = Date.now();
    const { id } = await request('duotone');
    await until(
      'begun',
      () => rowOf(id),
      (row) => row.attempts > 0,
      20_000,
    );
    expect(noteRecovery(task, askedAt)).toBeLessThan(5);
    await becomes(id, 'completed');
  }
  await endAll();
  await proxy.close();
}, 120_000);

const answers: readonly (readonly [string, ServiceTurn])[] = [
  ['500', { status: 500, body: 'oops' }],
  ['429', dialects.openai.limited],
  ['malformed JSON', { status: 200, body: '{"data":[{' }],
  ['an image of no bytes', { status: 200, body: dialects.openai.picture(Buffer.alloc(0)) }],
  ['HTML', { status: 200, body: '<!doctype html><title>Maintenance</title>' }],
  ['HTML for an image', { status: 200, body: dialects.openai.picture(Buffer.from('<html>sorry</html>')) }],
  ['an ended connection', 'hang up'],
  ['half an answer', 'break off'],
];

test.each(answers)(
  '16 a provider that answers with %s is asked three times, then the charge comes back once',
  async (_, turn) => {
    service.script(turn);
    startWorker(hosted());
    const { actor, id } = await request('noir');
    await becomes(id, 'failed', 40_000);
    expect(service.calls.filter(({ headers }) => headers['idempotency-key'] === id)).toHaveLength(3);
    const [row] = await database().query(
      'SELECT failure_code, charge_returned_at FROM user_conversions WHERE id = $1',
      [id],
    );
    expect(row).toMatchObject({ failure_code: 'engine', charge_returned_at: expect.any(Date) });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, results: 0 });
  },
  60_000,
);
