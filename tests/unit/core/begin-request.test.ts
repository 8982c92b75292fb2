import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { beginRequests, routeOf } from '#lib/core/http/begin-request.ts';
import { currentTraceparent, readTraceparent } from '#lib/core/trace/tracing.ts';
import { root } from '#scripts/steps/root.ts';

process.env.DATABASE_URL ??= 'postgres://localhost/none';
process.env.TRUSTED_PROXY_HOPS = '1';
beginRequests();

const server = createServer((_request, response) => response.end());
afterAll(() => server.close());
const listening = new Promise<string>((resolve) => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
  });
});

async function nameGiven(sent?: string): Promise<string> {
  const answer = await fetch(await listening, sent ? { headers: { 'x-request-id': sent } } : {});
  await answer.arrayBuffer();
  return answer.headers.get('x-request-id') ?? '';
}

test('behind a proxy of ours its name for a request is kept, when it is one', async () => {
  expect(await nameGiven('proxy-0001.abc')).toBe('proxy-0001.abc');
  for (const strange of ['short', 'x'.repeat(65), '<script>alert(1)</script>', 'two words here']) {
    expect(await nameGiven(strange)).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(await nameGiven()).not.toBe(await nameGiven());
});

test('a path is told as a kind of path: nothing of it that could name somebody', () => {
  expect(routeOf('/fa/studio?style=ink')).toBe('/fa/studio');
  expect(routeOf('/api/files/3fa0cc00112233445566778899aabbcc/w640?signature=x')).toBe('/api/files/:x/:x');
  expect(routeOf('/s/abcdefghijklmnop')).toBe('/s/:x');
  expect(routeOf('/en/g/negarestan/09121234567')).toBe('/en/g/:x/:x');
});

test('nothing but our own form of a traceparent is read', () => {
  const text = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  expect(readTraceparent(text)).toMatchObject({ traceId: 'a'.repeat(32), traceFlags: 1, isRemote: true });
  expect(readTraceparent(`${text}x`)).toBeUndefined();
  expect(readTraceparent(undefined)).toBeUndefined();
  expect(currentTraceparent()).toBeUndefined();
});

test('without a collector no tracing library is loaded', () => {
  const script = `
    const { registerHooks } = await import('node:module');
    let loaded = 0;
    registerHooks({ resolve(name, context, next) {
      const found = next(name, context);
      if (found.url.includes('opentelemetry')) loaded += 1;
      return found;
    } });
    await import('#lib/core/trace/tracing.ts'); await import('#lib/core/http/begin-request.ts');
    const { startTracing } = await import('#lib/core/trace/start-tracing.ts');
    console.log('before', loaded);
    await startTracing('web', 'http://127.0.0.1:9');
    console.log('after', loaded > 0);
    process.exit(0);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LOG_LEVEL: 'silent' },
  });
  expect(stdout.trim().split('\n')).toEqual(['before 0', 'after true']);
});
