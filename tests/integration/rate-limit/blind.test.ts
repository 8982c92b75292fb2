import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '#lib/auth/sign-in.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { disconnectDb } from '#lib/db/client.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { closeCounters } from '#lib/rate-limit/counters.ts';
import { newAddress, newPhone, newSignUp, password } from '#tests/support/identity.ts';

// Both stores are addresses where every connection is ended at once.
let dead: Server;
const sockets = new Set<Socket>();

beforeAll(async () => {
  dead = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.destroy();
  });
  await new Promise<void>((resolve) => dead.listen(0, '127.0.0.1', resolve));
  const address = dead.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.env.LOG_LEVEL = 'silent';
  process.env.NEXTAUTH_SECRET = 'a secret of these tests, long enough to be one';
  process.env.DATABASE_URL = `postgres://nobody:nothing@127.0.0.1:${port}/none`;
  process.env.REDIS_URL = `redis://127.0.0.1:${port}`;
});
afterAll(async () => {
  closeCounters();
  await disconnectDb();
  await new Promise((resolve) => dead.close(resolve));
});

const closed = { ok: false, code: 'service.unavailable', retryAfterSeconds: 10 };

it('with nothing left to count, signing in, codes and payments are shut', async () => {
  const device = { address: newAddress(), userAgent: null };
  const tried = await signIn({ kind: 'user', phone: newPhone(), password, device, replaces: null });
  expect(tried).toMatchObject(closed);
  expect(await signUp(newSignUp())).toMatchObject(closed);
  expect(await checkLimit('code.verify', { phone: 'a', browser: 'c', address: 'b' })).toMatchObject(closed);
  expect(await checkLimit('payment.create', { account: 'a' })).toMatchObject(closed);
});

it('with nothing left to count, what costs nothing stays open', async () => {
  expect(await checkLimit('form.submit', { address: 'a' })).toEqual({ ok: true, value: null });
  expect(await checkLimit('session.refresh', { session: 'a' })).toEqual({ ok: true, value: null });
});
