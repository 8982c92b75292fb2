import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publicRoute, type Route, userRoute } from '#lib/auth/door/route.ts';
import { fail, succeed } from '#lib/core/result.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { policies } from '#lib/rate-limit/policies.ts';
import { peopleOf, type World } from '#tests/access/actors.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();
let world: World;
beforeAll(async () => {
  world = await peopleOf(database());
});

function ask(route: Route, { path = '/', params = {}, headers = {} } = {}) {
  const cookie = Object.entries(world.actors.user)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const request = new Request(`http://localhost:3000${path}`, { headers: { cookie, ...headers } });
  return route(request, { params: Promise.resolve(params) });
}

const mine = userRoute({
  params: z.object({ id: z.uuid() }),
  query: z.object({ count: z.coerce.number().int().max(3).default(1) }),
  limit: 'events.open',
  handler: async ({ actor, params, query }) => succeed({ user: actor.userId, ...params, ...query }),
});
const params = { id: '3f1c3d52-9a94-4d2a-8f2e-3b1f6f6f0d11' };

describe('a route', () => {
  it('gives its handler who asks and what was asked, and keeps the answer out of caches', async () => {
    const answer = await ask(mine, { params, path: '/?count=2' });
    expect(await answer.json()).toEqual({ user: world.userId, ...params, count: 2 });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  it.each([
    ['a part of the path that is no id', 404, { params: { id: 'x' } }],
    ['a part that is missing', 404, {}],
    ['a query that does not fit', 422, { params, path: '/?count=4' }],
    ['a NUL anywhere in the address', 422, { params, path: '/?other=%00' }],
    ['an address longer than ours are', 422, { params, path: `/?other=${'x'.repeat(5000)}` }],
    ['another site', 403, { params, headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a sister site', 403, { params, headers: { 'sec-fetch-site': 'same-site' } }],
    ['another site, in an old browser', 403, { params, headers: { referer: 'https://evil.example/a' } }],
    ['a sandboxed page', 403, { params, headers: { origin: 'null' } }],
    ['nobody', 401, { params, headers: { cookie: '' } }],
    ['an address that was typed in', 200, { params, headers: { 'sec-fetch-site': 'none' } }],
  ])('answers %s with %i', async (_what, status, asked) => {
    const answer = await ask(mine, asked);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toMatch(/no-store/);
  });

  it('is refused when the budget of its account is spent, and says for how long', async () => {
    const account = `user|${world.userId}`;
    const { points } = policies['events.open'][0];
    await Promise.all(Array.from({ length: points }, () => checkLimit('events.open', { account })));
    const refused = await ask(mine, { params });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('answers a bug without its text, and a database that is away with when to come back', async () => {
    const throwing = (error: Error) =>
      publicRoute({
        limit: 'public.read',
        handler: async () => {
          throw error;
        },
      });
    const bug = await ask(throwing(new Error('the secret of the house')));
    expect(bug.status).toBe(500);
    expect(await bug.text()).not.toContain('secret');
    const away = await ask(throwing(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })));
    expect(away.status).toBe(503);
    expect(away.headers.get('retry-after')).toBe('2');
  });

  it('answers a failure in its own way where a person reads it', async () => {
    const shown = publicRoute({
      limit: 'public.read',
      handler: async () => fail('notFound', 'gone'),
      refused: () => new Response(null, { status: 303, headers: { location: '/' } }),
    });
    expect((await ask(shown)).status).toBe(303);
  });
});
