import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readEnv } from '#lib/core/env/env.ts';
import { createLog } from '#lib/core/log.ts';
import { readStack } from '#lib/core/report/read-stack.ts';
import { stopReporting } from '#lib/core/report/reporting.ts';
import { startReporting } from '#lib/core/start-reporting.ts';
import { reportBrowserError } from '#lib/operations/browser-errors/report-browser-error.ts';
import { checkReports } from '#scripts/doctor/check-reports.ts';
import { createErrorServer } from '#tests/support/servers/error-server.ts';

const base = { DATABASE_URL: 'postgres://a@b/c', NEXTAUTH_SECRET: 'x'.repeat(40) };
const envOf = (more: object) => readEnv({ ...base, ...more } as unknown as NodeJS.ProcessEnv);

let server: Awaited<ReturnType<typeof createErrorServer>>;
const log = createLog(new Writable({ write: (_chunk, _encoding, done) => done() }));
log.level = 'error';

const begin = () => startReporting({ ...envOf({ SENTRY_DSN: server.dsn }), isProduction: true });
const arrives = (count: number) => vi.waitFor(() => expect(server.arrived).toHaveLength(count));

beforeAll(async () => {
  server = await createErrorServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.arrived.length = 0;
  server.answer(200);
});
afterEach(stopReporting);

/** What must never leave, wherever it stands. */
const personal = [
  '09121234567',
  '9121234567',
  'maryam',
  'Tehran',
  'secret-cookie',
  'me.jpg',
  '/s/a-token-of-a-link',
  '203.0.113.9',
  'hunter22',
  'home/operator',
];

describe('an error in the log', () => {
  test('is one event with its kind, our sentence and places in the code, and nothing of anybody', async () => {
    begin();
    class Broken extends Error {
      override readonly name = 'Broken';
      readonly code = 'E_BROKEN';
    }
    const cause = new TypeError('duplicate key (phone)=(09121234567) of maryam at Tehran');
    const error = new Broken('maryam 09121234567 sent me.jpg to /s/a-token-of-a-link', { cause });
    error.stack +=
      '\n    at read (/home/operator/site/lib/files/read.ts:12:3)\n    at https://user:hunter22@x/secret-cookie:1:1';
    log.error(
      {
        err: error,
        door: 'account.change',
        phone: '09121234567',
        name: 'maryam',
        cookie: 'secret-cookie',
        address: '203.0.113.9',
        body: { password: 'hunter22', city: 'Tehran' },
        part: 'maryam 09121234567',
      },
      'action failed',
    );
    await arrives(1);
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = server.arrived;
    expect(path).toBe('/prefix/api/42/envelope/');
    expect(headers['content-type']).toBe('application/x-sentry-envelope');
    expect(headers['x-sentry-auth']).toContain('sentry_key=abc123');
    const everything = JSON.stringify([path, headers, body]);
    for (const word of personal) expect([word, everything.includes(word)]).toEqual([word, false]);
    const [event] = server.events();
    expect(event).toMatchObject({
      level: 'error',
      environment: 'production',
      message: { formatted: 'action failed' },
      tags: { service: 'web', door: 'account.change', code: 'E_BROKEN' },
    });
    expect(Object.keys(event ?? {})).not.toContain('user');
    const exception = event?.exception as
      | { values: { type: string; stacktrace: { frames: object[] } }[] }
      | undefined;
    const values = exception?.values ?? [];
    expect(values.map(({ type }) => type)).toEqual(['TypeError', 'Broken']);
    expect(values[1]?.stacktrace.frames).toContainEqual({
      function: 'read',
      filename: 'lib/files/read.ts',
      lineno: 12,
      colno: 3,
      in_app: true,
    });
  });

  test('that a library printed is told without its words, and a line without an error not at all', async () => {
    begin();
    log.error({ err: new Error('x'), printed: true }, 'maryam 09121234567 said hunter22');
    log.error('maryam 09121234567');
    log.error({ phone: '09121234567' }, 'no error of ours');
    await arrives(1);
    expect(server.arrived[0]?.body).toContain('printed by a library');
    for (const word of personal) expect(server.arrived[0]?.body).not.toContain(word);
  });

  test('is told once a minute, however often it comes, and no more than sixty of all kinds', async () => {
    begin();
    const error = new Error('the same');
    for (let time = 0; time < 500; time += 1) log.error({ err: error }, 'it comes again');
    await arrives(1);
    for (let kind = 0; kind < 40; kind += 1)
      log.error({ err: error, alarm: 'x' }, `kind ${'x'.repeat(kind)}`);
    await arrives(41);
    for (let kind = 40; kind < 80; kind += 1) log.error({ err: error }, `kind ${'x'.repeat(kind)}`);
    await arrives(60);
  });

  test('of a server that does not take it costs one call, not one for each', async () => {
    begin();
    server.answer(503);
    for (let kind = 0; kind < 20; kind += 1) log.error({ err: new Error('x') }, `kind ${'x'.repeat(kind)}`);
    await arrives(1);
    await stopReporting();
    expect(server.arrived).toHaveLength(1);
  });
});

describe('what a browser tells', () => {
  const frame = { function: 'render', filename: '_next/static/chunks/ab12-cd.js', lineno: 1, colno: 2345 };

  test('is passed on when it has the form that our pages give it', async () => {
    begin();
    reportBrowserError({
      type: 'TypeError',
      frames: [frame, { ...frame, filename: 'https://elsewhere.example/x.js' }],
    });
    await arrives(1);
    expect(server.events()[0]).toMatchObject({ platform: 'javascript', tags: { service: 'browser' } });
    expect(server.arrived[0]?.body).not.toContain('elsewhere.example');
  });

  test.each([
    [null],
    ['text'],
    [{ type: 'TypeError', frames: [] }],
    [{ type: 'maryam 09121234567', frames: [frame] }],
    [{ type: 'Error', frames: [{ ...frame, function: 'maryam@example.com' }] }],
    [{ type: 'Error', frames: [{ ...frame, function: 'f09121234567' }] }],
    [{ type: 'Error', frames: [{ ...frame, filename: '/s/a-token-of-a-link' }] }],
    [{ type: 'Error', frames: [frame], message: 'maryam' }],
    [{ type: 'Error', frames: Array.from({ length: 31 }, () => frame) }],
  ])('is dropped when it could say anything: %j', async (sent) => {
    begin();
    reportBrowserError(sent);
    await stopReporting();
    expect(server.arrived).toHaveLength(0);
  });

  test('stacks of all engines are read, without hosts, queries and what a page is called', () => {
    const chromium =
      'TypeError: maryam\n    at go (https://x.example/_next/static/chunks/a.js?v=1:1:22)\n    at https://x.example/s/tok:3:4';
    const firefox = 'go@https://x.example/_next/static/chunks/a.js:1:22\n@https://x.example/s/tok:3:4';
    const expected = [
      { function: 'go', filename: '_next/static/chunks/a.js', lineno: 1, colno: 22 },
      { filename: 'elsewhere', lineno: 3, colno: 4 },
    ];
    expect(readStack(chromium)).toEqual(expected);
    expect(readStack(firefox)).toEqual(expected);
  });
});

test('nothing is told where nobody asked for it, and the setting is checked', () => {
  expect(envOf({}).errorReports).toBeNull();
  for (const SENTRY_DSN of [
    'https://errors.example/1',
    'https://key@errors.example/x',
    'ftp://key@x/1',
    'key',
  ])
    expect(() => envOf({ SENTRY_DSN })).toThrow('SENTRY_DSN');
});

test('the doctor says whether the server takes the key', async () => {
  const look = async () => (await checkReports(envOf({ SENTRY_DSN: server.dsn })))[0]?.state;
  expect(await look()).toBe('green');
  expect(server.events()).toEqual([]);
  server.answer(403);
  expect(await look()).toBe('red');
  server.answer(500);
  expect(await look()).toBe('amber');
  expect(await checkReports(envOf({}))).toEqual([]);
});
