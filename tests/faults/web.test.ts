import { randomBytes } from 'node:crypto';
import { openSync } from 'node:fs';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Browser, browserAt, cookieOf } from '#scripts/rig/browser.ts';
import { endAll, startWeb, untilReady, type Web } from '#scripts/rig/processes.ts';
import { accounts, newPhoto, useConversions } from '#tests/support/conversions.ts';
import { expectWhole } from '#tests/support/invariants.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { createTcpProxy, meetCommit } from '#tests/support/tcp-proxy.ts';
import { until } from './support/watch.ts';

const { database } = useConversions();
const direct = () => ({ DATABASE_URL: database().url });

afterEach(async () => {
  await endAll();
  await expectWhole(database());
});

/** A user with a photo and a session, at this web server. */
async function somebody(web: Web) {
  const { actor, imageId } = await newPhoto();
  const cookie = await cookieOf('user', actor.userId);
  return { userId: actor.userId, imageId, cookie, browser: browserAt(web.url, cookie) };
}

const convert = (browser: Browser, imageId: string, requestKey?: string) =>
  browser.act('requestConversions', '/studio', { imageIds: [imageId], style: 'duotone', requestKey });

/** Rows, jobs and events of one user's conversions. */
async function leftOf(userId: string) {
  const [row] = await database().query<{ rows: number; jobs: number; events: number }>(
    `SELECT (SELECT count(*)::int FROM user_conversions WHERE user_id = $1) AS rows,
       (SELECT count(*)::int FROM pgboss.job j JOIN user_conversions c ON j.data->>'conversionId' = c.id::text
         WHERE j.name = 'conversion.run' AND c.user_id = $1) AS jobs,
       (SELECT count(*)::int FROM audit_logs WHERE action = 'conversion.request' AND user_id = $1) AS events`,
    [userId],
  );
  return row;
}

test('04 a web server killed before the commit of a conversion: nothing of it is there, and asking again works', async ({
  task,
}) => {
  const proxy = await createTcpProxy(database().url);
  const web = await startWeb({ DATABASE_URL: proxy.url });
  const { userId, imageId, cookie, browser } = await somebody(web);
  const jobsBefore = await database().query('SELECT count(*) FROM pgboss.job');
  const held = meetCommit(proxy, 'request_conversions', 'before');
  const asked = convert(browser, imageId).then(
    () => 'answered',
    () => 'no answer',
  );
  await held;
  await web.end('SIGKILL');
  const killedAt = Date.now();
  expect(await asked).toBe('no answer');
  await proxy.close();
  expect(await leftOf(userId)).toEqual({ rows: 0, jobs: 0, events: 0 });
  expect(await database().query('SELECT count(*) FROM pgboss.job')).toEqual(jobsBefore);
  expect(await accounts(database(), userId)).toMatchObject({ free: 2, charged: 0 });
  const next = await startWeb(direct());
  expect(await convert(browserAt(next.url, cookie), imageId)).toMatchObject({ ok: true });
  noteRecovery(task, killedAt);
  expect(await leftOf(userId)).toEqual({ rows: 1, jobs: 1, events: 1 });
}, 90_000);

test('03 a web server killed after the commit of a conversion and before its answer: one debit, also when it is asked again', async ({
  task,
}) => {
  const proxy = await createTcpProxy(database().url);
  const web = await startWeb({ DATABASE_URL: proxy.url });
  const { userId, imageId, cookie, browser } = await somebody(web);
  const key = randomBytes(16).toString('hex');
  const held = meetCommit(proxy, 'request_conversions', 'after');
  const asked = convert(browser, imageId, key).then(
    () => 'answered',
    () => 'no answer',
  );
  await held;
  await web.end('SIGKILL');
  const killedAt = Date.now();
  expect(await asked).toBe('no answer');
  await proxy.close();
  expect(await leftOf(userId)).toEqual({ rows: 1, jobs: 1, events: 1 });
  const next = await startWeb(direct());
  const again = await convert(browserAt(next.url, cookie), imageId, key);
  noteRecovery(task, killedAt);
  const [made] = await database().query<{ id: string }>(
    'SELECT id FROM user_conversions WHERE user_id = $1',
    [userId],
  );
  expect(again).toMatchObject({ ok: true, value: { ids: [made?.id] } });
  expect(await leftOf(userId)).toEqual({ rows: 1, jobs: 1, events: 1 });
  expect(await accounts(database(), userId)).toMatchObject({ free: 1, charged: 1 });
}, 90_000);

for (const [number, when, told] of [
  ['03', 'after', { ok: true }],
  ['04', 'before', { ok: false, code: 'service.unavailable' }],
] as const) {
  test(`${number} the line cut ${when} the commit of a conversion, and the web server goes on: the caller is told the truth, and asking again makes one debit`, async ({
    task,
  }) => {
    const proxy = await createTcpProxy(database().url);
    const web = await startWeb({ DATABASE_URL: proxy.url });
    const { userId, imageId, browser } = await somebody(web);
    const key = randomBytes(16).toString('hex');
    const met = meetCommit(proxy, 'request_conversions', when, 'cut');
    const asked = convert(browser, imageId, key);
    await met;
    const cutAt = Date.now();
    expect(await asked).toMatchObject(told);
    const is = when === 'after' ? 1 : 0;
    expect(await leftOf(userId)).toEqual({ rows: is, jobs: is, events: is });
    expect(await convert(browser, imageId, key)).toMatchObject({ ok: true });
    noteRecovery(task, cutAt);
    expect(await leftOf(userId)).toEqual({ rows: 1, jobs: 1, events: 1 });
    expect(await accounts(database(), userId)).toMatchObject({ free: 1, charged: 1 });
    await web.end('SIGTERM');
    await proxy.close();
  }, 90_000);
}

test('10 every connection of a web server busy: 503 with Retry-After in less than 5 s, not ready, and well again by itself', async ({
  task,
}) => {
  const web = await startWeb(direct());
  const { browser } = await somebody(web);
  expect((await browser.get('/api/conversions')).status).toBe(200);
  const locker = await database().connect();
  await locker.query('BEGIN');
  await locker.query('LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE');
  let isFreed = false;
  const refusals: { tookMs: number; retryAfter: number }[] = [];
  // Who is refused asks again, so that the pool stays busy for as long as the table is locked.
  const crowd = Array.from({ length: 40 }, async () => {
    for (;;) {
      const [askedAt, isLast] = [Date.now(), isFreed];
      const answer = await browser.get('/api/conversions');
      await answer.arrayBuffer();
      if (answer.status === 200) return;
      expect(answer.status).toBe(503);
      expect(isLast).toBe(false);
      const retryAfter = Number(answer.headers.get('retry-after'));
      refusals.push({ tookMs: Date.now() - askedAt, retryAfter });
    }
  });
  try {
    await until(
      'ten are stuck',
      () =>
        database().query(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
        ),
      (rows) => rows.length >= 10,
    );
    const readiness = async () => (await fetch(`${web.url}/api/health/ready`)).status;
    await until('ready', readiness, (status) => status === 503, 5000);
    await until(
      'refused',
      async () => refusals.length,
      (count) => count >= 100,
    );
    expect((await fetch(`${web.url}/api/health/live`)).status).toBe(200);
  } finally {
    await locker.query('ROLLBACK');
    isFreed = true;
  }
  const freedAt = Date.now();
  await untilReady(web.url);
  expect((await browser.get('/api/conversions')).status).toBe(200);
  expect(noteRecovery(task, freedAt)).toBeLessThan(5);
  await Promise.all(crowd);
  expect(refusals.filter(({ tookMs, retryAfter }) => tookMs >= 5000 || !(retryAfter > 0))).toEqual([]);
}, 90_000);

/** Resident memory of a process in MB. */
async function megabytes(pid: number): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

test('52 huge and deep JSON and clients that never finish: refused, cut off, and nobody else notices', async ({
  task,
}) => {
  const web = await startWeb(direct());
  const port = Number(new URL(web.url).port);
  const { browser } = await somebody(web);
  await browser.get('/plans').then((answer) => answer.arrayBuffer());
  const before = await megabytes(web.pid);
  const sent = (path: string, body: string, type = 'application/json') =>
    browser
      .get(path, { method: 'POST', body, headers: { 'content-type': type } })
      .then(async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      })
      .catch(() => 400);
  const huge = JSON.stringify({ files: 'x'.repeat(20 * 2 ** 20) });
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  for (const path of ['/api/uploadthing?actionType=upload&slug=photo', '/api/auth/callback/user']) {
    for (const body of [huge, deep]) {
      const status = await sent(path, body);
      expect(status, `${path} ${body.length}`).toBeGreaterThanOrEqual(400);
      expect(status, `${path} ${body.length}`).toBeLessThan(500);
    }
  }
  for (const body of [huge, deep]) {
    const answer = await browser
      .get('/login', {
        method: 'POST',
        body,
        headers: { 'next-action': '7f'.padEnd(42, '0'), 'content-type': 'text/plain;charset=UTF-8' },
      })
      .then(({ status }) => status)
      .catch(() => 413);
    expect(answer).toBeGreaterThanOrEqual(400);
  }
  // Two hundred clients that send a header line every few seconds and never end.
  const slow = Array.from({ length: 200 }, () => {
    const socket = createConnection(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /api/visits HTTP/1.1\r\nHost: localhost\r\n');
    const drip = setInterval(() => socket.destroyed || socket.write('X-A: b\r\n'), 2000);
    const ended = new Promise<void>((resolve) =>
      socket.once('close', () => {
        clearInterval(drip);
        resolve();
      }),
    );
    return { socket, ended };
  });
  await sleep(500);
  const startedAt = Date.now();
  expect((await browser.get('/api/conversions')).status).toBe(200);
  expect(Date.now() - startedAt).toBeLessThan(2000);
  const all = Promise.all(slow.map(({ ended }) => ended)).then(() => 'cut off');
  expect(await Promise.race([all, sleep(60_000, 'still there', { ref: false })])).toBe('cut off');
  noteRecovery(task, startedAt);
  expect((await megabytes(web.pid)) - before).toBeLessThan(150);
}, 120_000);

test('55 a log that cannot be written: requests are answered as before', async () => {
  const web = await startWeb(direct(), { stdout: openSync('/dev/full', 'w') });
  const { browser, imageId } = await somebody(web);
  for (let turn = 0; turn < 20; turn += 1) {
    // A refusal is written down; here it cannot be.
    expect((await browser.get('/api/conversions')).status).toBe(200);
    expect(await convert(browser, crypto.randomUUID())).toMatchObject({ ok: false, code: 'notFound' });
  }
  expect(await convert(browser, imageId)).toMatchObject({ ok: true });
  expect(web.child.exitCode).toBeNull();
}, 60_000);

test('55 an audit log that takes no row: reading goes on, what changes something is rolled back with it', async () => {
  const web = await startWeb(direct());
  const { browser, imageId, userId } = await somebody(web);
  await cookieOf('user', userId);
  await database().query(
    `CREATE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the sink is broken'; END $$;
     CREATE TRIGGER refuse_event BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION refuse_event()`,
  );
  try {
    expect((await browser.get('/api/conversions')).status).toBe(200);
    expect((await browser.get('/studio')).status).toBe(200);
    expect(await convert(browser, imageId)).toMatchObject({ ok: false, code: 'internal' });
    expect(await leftOf(userId)).toEqual({ rows: 0, jobs: 0, events: 0 });
    const sessions = await database().query(
      'SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL',
      [userId],
    );
    expect(
      await browser.act('revokeOtherUserSessions', '/account', {}).catch(() => ({ ok: false })),
    ).toMatchObject({ ok: false });
    expect(
      await database().query('SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL', [userId]),
    ).toEqual(sessions);
  } finally {
    await database().query('DROP TRIGGER refuse_event ON audit_logs; DROP FUNCTION refuse_event()');
  }
  expect(await convert(browser, imageId)).toMatchObject({ ok: true });
}, 60_000);
