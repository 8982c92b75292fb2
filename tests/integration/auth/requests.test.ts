import { NextRequest } from 'next/server';
import { describe, expect, it, vi } from 'vitest';
import { perform } from '#lib/core/action.ts';
import { signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { asBrowser } from '#tests/support/request-scope.ts';

const database = useIdentity(1000);
// Only chooses the locale; outside the framework's own build it finds no framework.
vi.mock('next-intl/middleware', async () => {
  const { NextResponse } = await import('next/server');
  const choose = (request: NextRequest) => NextResponse.next({ request: { headers: request.headers } });
  return { default: () => choose };
});
const site = 'http://localhost:3000';

async function through(headers: Record<string, string>, method = 'POST', path = '/en/login') {
  const { default: proxy } = await import('../../../proxy.ts');
  return proxy(
    new NextRequest(`${site}${path}`, { method, headers: { host: 'localhost:3000', ...headers } }),
  );
}

describe('a request that would change something', () => {
  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: site }],
    ['from a sibling of ours', { 'sec-fetch-site': 'same-site' }],
    ['with a foreign origin', { origin: 'https://evil.example' }],
    ['with no origin at all', {}],
    [
      'with a host made up to fit its origin',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    ],
    ['with an origin that is none', { origin: 'null' }],
  ])('%s is refused', async (_, headers) => {
    const answer = await through(headers as unknown as Record<string, string>);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ ok: false, code: 'request.crossSite' });
  });

  it('to a bot passes from a server alone: its route looks at the secret, and at no cookie', async () => {
    const asked = async (path: string, headers: Record<string, string> = {}) =>
      (await through(headers, 'POST', path)).status;
    expect(await asked('/api/bot/telegram')).toBe(200);
    expect(await asked('/api/bot/telegram', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    for (const other of ['/api/bot', '/api/bot/telegram/x', '/api/bot/bal%65', '/en/api/bot/telegram'])
      expect(await asked(other), other).toBe(403);
  });

  it('from our own page passes, with our own host in place of any that was sent', async () => {
    const answer = await through({ 'sec-fetch-site': 'same-origin', 'x-forwarded-host': 'evil.example' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-middleware-request-x-forwarded-host')).toBe('localhost:3000');
  });
});

it.each([
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ 'sec-fetch-site': '', origin: 'https://evil.example' }],
])('a door refuses a foreign page by itself, whatever stood before it: %o', async (headers) => {
  const { claims } = await signUpAndVerify(database());
  const { sealClaims } = await import('#lib/auth/session/session-token.ts');
  const jar = asBrowser(
    { 'ai-stayler.user-session': await sealClaims(claims) },
    headers as Record<string, string>,
  );
  const { signOutUser } = await import('#lib/auth/actions.ts');
  expect(await perform(signOutUser, {})).toMatchObject({ ok: false, code: 'request.crossSite' });
  expect(jar.size).toBe(1);
});

it('a cookie is exchanged a minute before it lapses, so that it does not lapse on its way', async () => {
  const { claims } = await signUpAndVerify(database());
  const { sealClaims } = await import('#lib/auth/session/session-token.ts');
  const sent = async (left: number) => {
    const value = await sealClaims({ ...claims, ax: Math.floor(Date.now() / 1000) + left });
    const answer = await through({ cookie: `ai-stayler.user-session=${value}` }, 'GET', '/api/conversions');
    return answer.headers.get('set-cookie') ?? '';
  };
  expect(await sent(90)).toBe('');
  expect(await sent(30)).toContain('ai-stayler.user-session=');
});

it('a browser that wanted to sign out while nobody was there is signed out by its next request', async () => {
  const { claims } = await signUpAndVerify(database());
  const { sealClaims } = await import('#lib/auth/session/session-token.ts');
  const value = await sealClaims(claims);
  const cookie = `ai-stayler.user-session=${value}; ai-stayler.leaving-user=1`;
  const answer = await through({ cookie }, 'GET', '/en/account');
  const left = answer.headers.getSetCookie();
  expect(left.find((one) => one.startsWith('ai-stayler.user-session=;'))).toContain('Max-Age=0');
  expect(left.find((one) => one.startsWith('ai-stayler.leaving-user=;'))).toContain('Max-Age=0');
  // What stands behind sees nobody, and the session is over everywhere.
  expect(answer.headers.get('x-middleware-request-cookie') ?? '').not.toContain(value);
  const [row] = await database().query('SELECT revoked_at FROM sessions WHERE id = $1', [claims.sid]);
  expect(row?.revoked_at).not.toBeNull();
});

it('a page names its languages under our own address, whatever name a client claims to be asked under', async () => {
  const claimed = { 'x-forwarded-proto': 'gopher', 'x-forwarded-host': 'evil.example' };
  const answer = await through(claimed, 'GET', '/en/plans');
  expect(answer.headers.get('x-middleware-request-x-forwarded-proto')).toBe('http');
  expect(answer.headers.get('x-middleware-request-x-forwarded-host')).toBe('localhost:3000');
});

it('a photo shared where no service worker took it leads to the studio, unread', async () => {
  const answer = await through({ 'sec-fetch-site': 'none' }, 'POST', '/en/studio/share');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${site}/en/studio`]);
});

it('no two pages share a nonce, and no script runs without one', async () => {
  const policies = await Promise.all([through({}, 'GET'), through({}, 'GET')]);
  const [first, second] = policies.map((answer) => answer.headers.get('content-security-policy') ?? '');
  expect(first).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'/);
  expect(first).not.toBe(second);
  expect(first).not.toMatch(/script-src[^;]*unsafe-inline/);
});

describe('a request that is too much', () => {
  const params = { nextauth: ['callback', 'user'] as ['callback', 'user'] };

  it.each([
    [413, { 'content-length': String(10 * 1024 * 1024) }],
    [413, { 'content-length': 'lots' }],
    [411, {}],
  ])('is answered with %i before it is read', async (status, headers) => {
    const { postNextAuth } = await import('#lib/auth/door/next-auth.ts');
    const request = new Request(`${site}/api/auth/callback/user`, {
      method: 'POST',
      headers: headers as unknown as Record<string, string>,
    });
    expect((await postNextAuth('user', request, params)).status).toBe(status);
  });

  it('is refused by a door, ten thousand levels deep or a megabyte long', async () => {
    asBrowser({});
    const { signInUser } = await import('#lib/auth/actions.ts');
    let deep: unknown = {};
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    for (const sent of [
      deep,
      { phone: deep, password: deep },
      { phone: '9'.repeat(1e6), password: 'x'.repeat(1e6) },
    ]) {
      expect(await perform(signInUser, sent)).toMatchObject({ ok: false, code: 'input.invalid' });
    }
  });
});
