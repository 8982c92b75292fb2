import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { getPaymentWord } from '#lib/payments/queries.ts';
import { startPayment } from '#lib/payments/start-payment.ts';
import { peopleOf, type World } from '#tests/access/actors.ts';
import { must } from '#tests/support/conversions.ts';
import { authorityOf, begin, freePort, newBuyer, stored, useShop } from '#tests/support/payments.ts';
import { GET as poll } from '../../../app/api/payments/[id]/route.ts';
import { GET as callback } from '../../../app/api/payments/zarinpal/callback/route.ts';

const shop = useShop(await freePort());
let world: World;

beforeAll(async () => {
  world = await peopleOf(shop().database);
});

const comeBack = (query: string, headers: Record<string, string> = {}) =>
  callback(new Request(`http://localhost:3000/api/payments/zarinpal/callback?${query}`, { headers }));

describe('the callback', () => {
  test('needs nobody signed in and sends everybody to the page of the payment', async () => {
    const { paymentId, authority } = await begin(shop(), await newBuyer(), 'basic');
    await shop().server.pay(authority);
    const response = await comeBack(`Authority=${authority}&Status=OK`);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`http://localhost:3000/billing/payments/${paymentId}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed' });
  });

  test('leads in a browser that knows nobody to a page that says how the money stands', async () => {
    const { paymentId, authority } = await begin(shop(), await newBuyer(), 'basic');
    const path = `/billing/payments/${paymentId}`;
    expect(await getPaymentWord(path)).toBe('open');
    await shop().server.pay(authority);
    await comeBack(`Authority=${authority}&Status=OK`);
    expect(await getPaymentWord(path)).toBe('paid');
    const given = await begin(shop(), await newBuyer('vendor'), 'vendor_pro');
    await shop().server.pay(given.authority, 'failed');
    await comeBack(`Authority=${given.authority}&Status=NOK`);
    expect(await getPaymentWord(`/vendor/billing/payments/${given.paymentId}`)).toBe('unpaid');
    for (const other of [
      '/billing',
      '/billing/payments/x',
      `/billing/payments/${randomUUID()}`,
      `/x${path}`,
    ]) {
      expect(await getPaymentWord(other), other).toBeNull();
    }
  });

  test('keeps the language in which somebody bought', async () => {
    const wanted = { plan: 'vendor_pro', locale: 'en', payableRials: 100_000n } as const;
    const started = must(await startPayment(await newBuyer('vendor'), wanted, shop().gateways));
    const response = await comeBack(`Authority=${authorityOf(started)}&Status=NOK`);
    expect(response.headers.get('location')).toBe(
      `http://localhost:3000/en/vendor/billing/payments/${started.paymentId}`,
    );
  });

  test.each([
    '',
    'Authority=x&Status=OK',
    `Authority=A${'1'.repeat(35)}&Status=OK&next=https://evil.example`,
  ])('redirects to a page of ours whatever it is called with: %s', async (query) => {
    const response = await comeBack(query, { host: 'evil.example' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('http://localhost:3000/plans?payment=unknown');
  });

  test('redirects even while the database refuses', async () => {
    await shop().database.query('ALTER TABLE payments RENAME TO payments_away');
    try {
      const response = await comeBack(`Authority=A${'1'.repeat(35)}&Status=OK`);
      expect(response.status).toBe(303);
    } finally {
      await shop().database.query('ALTER TABLE payments_away RENAME TO payments');
    }
  });
});

describe('asking how a payment stands', () => {
  const ask = (id: string, cookies: Readonly<Record<string, string>>, query = '') => {
    const cookie = Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const request = new Request(`http://localhost:3000/api/payments/${id}${query}`, { headers: { cookie } });
    return poll(request, { params: Promise.resolve({ id }) });
  };

  test('is for its owner alone, user or vendor', async () => {
    const vendor = { kind: 'vendor', vendorId: world.vendorId, sessionId: '' } as const;
    const { paymentId, authority } = await begin(shop(), vendor, 'vendor_pro');
    const own = await ask(paymentId, world.actors.vendor, '?as=vendor');
    expect(await own.json()).toEqual({ id: paymentId, state: 'waiting', isFinal: false, refNumber: null });
    expect((await ask(paymentId, world.actors.vendor)).status).toBe(401);
    expect((await ask(paymentId, world.actors.otherVendor, '?as=vendor')).status).toBe(404);
    expect((await ask(paymentId, world.actors.user)).status).toBe(404);
    expect((await ask(paymentId, world.actors.user, '?as=vendor')).status).toBe(401);
    expect((await ask('nonsense', world.actors.user)).status).toBe(404);
    await shop().server.pay(authority);
    await comeBack(`Authority=${authority}&Status=OK`);
    const paid = await ask(paymentId, world.actors.vendor, '?as=vendor');
    expect(await paid.json()).toMatchObject({ state: 'paid', isFinal: true, refNumber: expect.any(String) });
    expect(paid.headers.get('cache-control')).toBe('private, no-store');
  });
});
