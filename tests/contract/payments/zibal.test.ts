import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentGateway } from '#lib/payments/gateway/payment-gateway.ts';
import { type GatewayServer, startGateway } from '#scripts/rig/payment-gateway.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { clientOf } from '#tests/support/payments.ts';

process.env.PAYMENT_GATEWAYS = 'zarinpal,zibal';
useIdentity();
let server: GatewayServer;
let client: PaymentGateway;

beforeAll(async () => {
  server = await startGateway(0, 'zibal');
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.reset();
  client = clientOf(server);
});

const amountRials = 50_000n;
const order = {
  paymentId: '4b6a4a3e-6a7f-4d77-8f4e-3b8de1a3a111',
  amountRials,
  description: 'پلن پایه',
  callbackUrl: 'http://localhost:3000/api/payments/zibal/callback?x=1',
  mobile: '09123456789',
};

async function newTrackId(): Promise<string> {
  const answer = await client.request(order);
  if (answer.kind !== 'ready') throw new Error(JSON.stringify(answer));
  return answer.authority;
}

async function paidTrackId(): Promise<string> {
  const trackId = await newTrackId();
  await server.pay(trackId);
  return trackId;
}

describe('a session of Zibal', () => {
  test('is asked for in Rials, paid at its own page, and leads back with its own words', async () => {
    const trackId = await newTrackId();
    expect(Number(trackId)).toBeGreaterThan(2 ** 31);
    expect(await server.control('GET', `sessions/${trackId}`)).toMatchObject({
      amountIrr: '50000',
      description: 'پلن پایه',
      metadata: { mobile: '09123456789', order_id: order.paymentId },
      status: 'IN_BANK',
    });
    expect(client.payUrl(trackId)).toBe(`${server.base}/start/${trackId}`);
    const page = await (await fetch(client.payUrl(trackId))).text();
    const link = /data-pay="OK"[^>]* href="([^"]+)"/.exec(page)?.[1]?.replace('&amp;', '&') ?? '';
    const back = await fetch(`${server.url}${link}`, { redirect: 'manual' });
    expect(back.headers.get('location')).toBe(
      `http://localhost:3000/api/payments/zibal/callback?x=1&trackId=${trackId}&success=1&status=2&orderId=${order.paymentId}`,
    );
  });

  test('is verified once, and said again with the same receipt although the answer repeats nothing of it', async () => {
    const trackId = await paidTrackId();
    const first = await client.verify({ authority: trackId, amountRials });
    expect(first).toEqual({
      kind: 'paid',
      refNumber: expect.stringMatching(/^\d{10,}$/),
      cardNumber: '999999******9999',
      cardHash: null,
      feeRials: null,
    });
    expect(await client.verify({ authority: trackId, amountRials })).toEqual(first);
    expect(await client.inquiry(trackId)).toEqual({ kind: 'status', status: 'VERIFIED' });
  });

  test('that waits, failed or went back is not paid', async () => {
    const trackId = await newTrackId();
    const verify = () => client.verify({ authority: trackId, amountRials });
    expect(await verify()).toEqual({ kind: 'notPaid', code: 202 });
    expect(await client.inquiry(trackId)).toEqual({ kind: 'status', status: 'IN_BANK' });
    expect((await server.pay(trackId, 'failed')).searchParams.get('success')).toBe('0');
    expect(await verify()).toEqual({ kind: 'notPaid', code: 202 });
    expect(await client.inquiry(trackId)).toEqual({ kind: 'status', status: 'FAILED' });
    await server.force(trackId, 'REVERSED');
    expect(await verify()).toEqual({ kind: 'notPaid', code: 202 });
    expect(await client.inquiry(trackId)).toEqual({ kind: 'status', status: 'REVERSED' });
  });

  test('of another amount is looked at and not verified, of another merchant or of nobody is unknown', async () => {
    const trackId = await paidTrackId();
    expect(await client.verify({ authority: trackId, amountRials: 49_990n })).toMatchObject({
      kind: 'mismatch',
      of: 'amount',
    });
    expect(await server.statusOf(trackId)).toBe('PAID');
    for (const [who, authority] of [
      [clientOf(server), trackId],
      [client, '37140009999'],
      [client, 'nonsense'],
    ] as const) {
      expect(await who.verify({ authority, amountRials })).toEqual({ kind: 'rejected', code: 203 });
    }
  });

  test('is not given back by this interface, and none is listed', async () => {
    const trackId = await paidTrackId();
    expect(await client.reverse(trackId)).toEqual({ kind: 'rejected', code: 0 });
    expect(client.unVerified).toBeNull();
  });
});

test.each([
  ['too large', { amountRials: 1_000_000_010n }, 113],
  ['too small', { amountRials: 900n }, 105],
  ['with an address that is none', { callbackUrl: 'nowhere' }, 106],
])('an order that is %s is refused', async (_, change, code) => {
  expect(await client.request({ ...order, ...change })).toEqual({ kind: 'rejected', code });
});

test.each([
  [102, 'unknown'],
  [103, 'unknown'],
  [104, 'unknown'],
  [115, 'unknown'],
  [202, 'notPaid'],
  [203, 'rejected'],
  [999, 'unknown'],
])('a verification that is refused with %i means: %s', async (code, kind) => {
  const authority = await newTrackId();
  await server.fault('verify', { kind: 'code', code });
  expect(await client.verify({ authority, amountRials })).toMatchObject({ kind });
});

describe('when something breaks at Zibal', () => {
  const broken = ['html502', 'json500', 'invalidJson', 'reset'] as const;

  test.each(broken)('%s: questions are asked again, three times at most; orders never', async (kind) => {
    const authority = await paidTrackId();
    await server.fault('verify', { kind }, { kind });
    expect(await client.verify({ authority, amountRials })).toMatchObject({ kind: 'paid' });
    await server.fault('inquiry', { kind }, { kind }, { kind });
    expect(await client.inquiry(authority)).toMatchObject({ kind: 'unknown' });
    await server.fault('request', { kind });
    expect(await client.request(order)).toMatchObject({ kind: 'unknown' });
    expect(await server.count('request')).toBe(2);
  });

  test('a verification that was done and not answered is found done, with its receipt', async () => {
    const authority = await paidTrackId();
    await server.fault('verify', { kind: 'commitThenDrop' });
    expect(await client.verify({ authority, amountRials })).toMatchObject({
      kind: 'paid',
      refNumber: expect.stringMatching(/^\d{10,}$/),
    });
    expect(await server.count('verify')).toBe(2);
  });

  test('the merchant key stands in no answer of the client', async () => {
    const merchant = randomUUID();
    const own = clientOf(server, merchant, 500);
    const answers: unknown[] = [];
    for (const kind of [...broken, 'hang']) {
      await server.fault('request', { kind });
      answers.push(await own.request(order));
    }
    expect(JSON.stringify(answers)).not.toContain(merchant);
    expect(JSON.stringify(answers)).not.toContain('9123456789');
  });
});
