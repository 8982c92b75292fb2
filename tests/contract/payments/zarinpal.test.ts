import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentGateway } from '#lib/payments/gateway/payment-gateway.ts';
import { createZarinpal } from '#lib/payments/gateway/zarinpal.ts';
import { type GatewayServer, startGateway } from '#scripts/rig/payment-gateway.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { clientOf } from '#tests/support/payments.ts';

useIdentity();
let server: GatewayServer;
let client: PaymentGateway;

beforeAll(async () => {
  server = await startGateway();
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
  callbackUrl: 'http://localhost:3000/api/payments/zarinpal/callback?x=1',
  mobile: '09123456789',
};

async function newAuthority(): Promise<string> {
  const answer = await client.request(order);
  if (answer.kind !== 'ready') throw new Error(JSON.stringify(answer));
  return answer.authority;
}

async function paidAuthority(): Promise<string> {
  const authority = await newAuthority();
  await server.pay(authority);
  return authority;
}

describe('a session', () => {
  test('is asked for in Rials, with the payer, and is not verified by itself', async () => {
    const authority = await newAuthority();
    expect(authority).toMatch(/^S[0-9a-z]{35}$/);
    expect(await server.control('GET', `sessions/${authority}`)).toMatchObject({
      amount: '50000',
      amountIrr: '50000',
      currency: 'IRR',
      description: 'پلن پایه',
      metadata: { mobile: '09123456789', order_id: order.paymentId, auto_verify: false },
      status: 'IN_BANK',
    });
    expect(client.payUrl(authority)).toBe(`${server.base}/pg/StartPay/${authority}`);
  });

  test('is paid once, verified as paid, and verified again as paid with the same receipt', async () => {
    const authority = await newAuthority();
    const back = await server.pay(authority);
    expect(back.searchParams.get('x')).toBe('1');
    expect(back.searchParams.get('Authority')).toBe(authority);
    expect(back.searchParams.get('Status')).toBe('OK');
    const first = await client.verify({ authority, amountRials });
    expect(first).toMatchObject({ kind: 'paid', cardNumber: '999999******9999' });
    expect(await client.verify({ authority, amountRials })).toEqual(first);
    expect(first.kind === 'paid' && Number(first.refNumber)).toBeGreaterThan(2 ** 31);
    expect(await client.inquiry(authority)).toEqual({ kind: 'status', status: 'VERIFIED' });
  });

  test('is verified by exactly one of many at once', async () => {
    const authority = await paidAuthority();
    const bodies = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const { merchantId } = (await server.control('GET', `sessions/${authority}`)) as {
          merchantId: string;
        };
        const response = await fetch(`${server.base}/pg/v4/payment/verify.json`, {
          method: 'POST',
          body: JSON.stringify({ merchant_id: merchantId, amount: 50_000, authority }),
        });
        return ((await response.json()) as { data: { code: number } }).data.code;
      }),
    );
    expect(bodies.filter((code) => code === 100)).toHaveLength(1);
    expect(bodies.filter((code) => code === 101)).toHaveLength(11);
  });

  test('that is not paid, was cancelled, or went back is not paid', async () => {
    const authority = await newAuthority();
    expect(await client.verify({ authority, amountRials })).toEqual({ kind: 'notPaid', code: -51 });
    expect(await client.inquiry(authority)).toEqual({ kind: 'status', status: 'IN_BANK' });
    expect((await server.pay(authority, 'failed')).searchParams.get('Status')).toBe('NOK');
    expect(await client.verify({ authority, amountRials })).toEqual({ kind: 'notPaid', code: -51 });
    expect(await client.inquiry(authority)).toEqual({ kind: 'status', status: 'FAILED' });
    const forgotten = await paidAuthority();
    await server.advance(21 * 60);
    expect(await client.verify({ authority: forgotten, amountRials })).toEqual({
      kind: 'notPaid',
      code: -51,
    });
    expect(await client.inquiry(forgotten)).toEqual({ kind: 'status', status: 'REVERSED' });
  });

  test('of another amount, of another merchant, or of nobody is never paid', async () => {
    const authority = await paidAuthority();
    expect(await client.verify({ authority, amountRials: 49_990n })).toEqual({
      kind: 'mismatch',
      of: 'amount',
      code: -50,
    });
    expect(await server.statusOf(authority)).toBe('PAID');
    const stranger = clientOf(server);
    expect(await stranger.verify({ authority, amountRials })).toEqual({
      kind: 'mismatch',
      of: 'session',
      code: -53,
    });
    expect(await client.verify({ authority: `S${'0'.repeat(35)}`, amountRials })).toEqual({
      kind: 'rejected',
      code: -54,
    });
    expect(await client.verify({ authority: 'nonsense', amountRials })).toEqual({
      kind: 'rejected',
      code: -54,
    });
  });

  test.each(['official', 'plain'] as const)('stands in the list of unverified ones (%s)', async (shape) => {
    await server.set({ unVerifiedShape: shape });
    expect(await client.unVerified?.()).toEqual({ kind: 'list', sessions: [] });
    const authority = await paidAuthority();
    await newAuthority();
    expect(await client.unVerified?.()).toEqual({
      kind: 'list',
      sessions: [{ authority, amountRials }],
    });
    await client.verify({ authority, amountRials });
    expect(await client.unVerified?.()).toEqual({ kind: 'list', sessions: [] });
  });

  test('is given back once, only when it was paid, within half an hour, and where that is allowed', async () => {
    const authority = await paidAuthority();
    await client.verify({ authority, amountRials });
    await server.set({ reverseAllowed: false });
    expect(await client.reverse(authority)).toEqual({ kind: 'rejected', code: -62 });
    await server.set({ reverseAllowed: true });
    expect(await client.reverse(authority)).toEqual({ kind: 'reversed' });
    expect(await client.reverse(authority)).toEqual({ kind: 'notReversible', code: -61 });
    const old = await paidAuthority();
    await client.verify({ authority: old, amountRials });
    await server.advance(31 * 60);
    expect(await client.reverse(old)).toEqual({ kind: 'rejected', code: -63 });
  });

  test('is verified at once where the order says so, and then once more by us', async () => {
    const response = await fetch(`${server.base}/pg/v4/payment/request.json`, {
      method: 'POST',
      body: JSON.stringify({
        merchant_id: randomUUID(),
        amount: '1100',
        currency: 'IRT',
        description: 'x',
        callback_url: 'http://localhost/',
        metadata: { auto_verify: true },
      }),
    });
    const { data } = (await response.json()) as { data: { authority: string } };
    await server.pay(data.authority);
    expect(await server.control('GET', `sessions/${data.authority}`)).toMatchObject({
      status: 'VERIFIED',
      amount: '1100',
      amountIrr: '11000',
    });
  });

  test('is repeatable under a seed', async () => {
    await server.set({ seed: 'one' });
    const first = [await newAuthority(), await newAuthority()];
    expect(new Set(first).size).toBe(2);
    await server.reset();
    await server.set({ seed: 'one' });
    expect([await newAuthority(), await newAuthority()]).toEqual(first);
  });
});

describe('an order that is refused', () => {
  test.each([
    ['too large', { amountRials: 1_000_000_010n }, -41],
    ['too small', { amountRials: 900n }, -9],
    ['without a description', { description: '' }, -9],
    ['with an address that is none', { callbackUrl: 'nowhere' }, -9],
  ])('%s', async (_, change, code) => {
    expect(await client.request({ ...order, ...change })).toEqual({ kind: 'rejected', code });
  });

  test('from another merchant or to another host', async () => {
    await server.set({ merchants: [randomUUID()] });
    expect(await client.request(order)).toEqual({ kind: 'rejected', code: -10 });
    await server.set({ merchants: null, callbackHost: 'stayler.example' });
    expect(await client.request(order)).toEqual({ kind: 'rejected', code: -14 });
  });

  test('is told what is wrong with it', async () => {
    const response = await fetch(`${server.base}/pg/v4/payment/request.json`, { method: 'POST', body: '{}' });
    const body = (await response.json()) as { errors: { code: number; validations: object[] } };
    expect(body.errors.code).toBe(-9);
    expect(body.errors.validations.map((one) => Object.keys(one)[0])).toContain('merchant_id');
  });
});

const shapes = (['array', 'object'] as const).flatMap((failureData) =>
  (['object', 'array'] as const).flatMap((failureErrors) =>
    ([200, 400, 401, 422] as const).map((failureHttp) => ({ failureData, failureErrors, failureHttp })),
  ),
);

describe.each(shapes)(
  'refusals with data $failureData, errors $failureErrors, HTTP $failureHttp',
  (shape) => {
    beforeEach(() => server.set(shape));

    test.each([
      [-50, 'mismatch'],
      [-51, 'notPaid'],
      [-52, 'unknown'],
      [-53, 'mismatch'],
      [-54, 'rejected'],
      [-55, 'rejected'],
      [-9, 'unknown'],
      [-10, 'unknown'],
      [-11, 'unknown'],
      [-12, 'unknown'],
      [-15, 'unknown'],
      [-999, 'unknown'],
    ])('mean with code %i about a payment: %s', async (code, kind) => {
      const authority = await newAuthority();
      await server.fault('verify', { kind: 'code', code });
      expect(await client.verify({ authority, amountRials })).toMatchObject({ kind });
      // A refusal that can be read is final for this call.
      expect(await server.count('verify')).toBe(1);
    });

    test('mean that there is no list, no state, no authority', async () => {
      await server.fault('*', ...Array.from({ length: 4 }, () => ({ kind: 'code', code: -11 })));
      expect(await client.unVerified?.()).toMatchObject({ kind: 'unknown' });
      expect(await client.inquiry(`S${'0'.repeat(35)}`)).toMatchObject({ kind: 'unknown' });
      expect(await client.request(order)).toEqual({ kind: 'rejected', code: -11 });
      expect(await client.reverse(`S${'0'.repeat(35)}`)).toMatchObject({ kind: 'unknown' });
    });
  },
);

describe('when something breaks', () => {
  const broken = ['html502', 'json500', 'invalidJson', 'reset'] as const;

  test.each(broken)('%s: the questions are asked again, and then answered', async (kind) => {
    const authority = await paidAuthority();
    await server.fault('verify', { kind }, { kind });
    expect(await client.verify({ authority, amountRials })).toMatchObject({ kind: 'paid' });
    await server.fault('inquiry', { kind });
    expect(await client.inquiry(authority)).toEqual({ kind: 'status', status: 'VERIFIED' });
    await server.fault('unVerified', { kind });
    expect(await client.unVerified?.()).toEqual({ kind: 'list', sessions: [] });
  });

  test.each(broken)('%s for long: nothing is concluded, after three tries', async (kind) => {
    const authority = await paidAuthority();
    await server.fault('verify', ...Array.from({ length: 5 }, () => ({ kind })));
    expect(await client.verify({ authority, amountRials })).toMatchObject({ kind: 'unknown' });
    expect(await server.count('verify')).toBe(3);
    expect(await server.statusOf(authority)).toBe('PAID');
  });

  test.each([...broken, 'commitThenDrop'] as const)('%s: an order is never repeated', async (kind) => {
    await server.fault('request', { kind });
    expect(await client.request(order)).toMatchObject({ kind: 'unknown' });
    expect(await server.count('request')).toBe(1);
  });

  test('a verification that was done and not answered is found done', async () => {
    const authority = await paidAuthority();
    await server.fault('verify', { kind: 'commitThenDrop' });
    expect(await client.verify({ authority, amountRials })).toMatchObject({ kind: 'paid' });
    expect(await server.count('verify')).toBe(2);
  });

  test('a gateway that hangs is given up in time', async () => {
    const authority = await paidAuthority();
    await server.fault('verify', { kind: 'hang' });
    const impatient = clientOf(server, randomUUID(), 400);
    const began = performance.now();
    expect(await impatient.verify({ authority, amountRials })).toMatchObject({ kind: 'unknown' });
    expect(performance.now() - began).toBeLessThan(1200);
  });

  test('a slow answer in time is an answer', async () => {
    const authority = await paidAuthority();
    await server.fault('verify', { kind: 'latency', ms: 300 });
    expect(await client.verify({ authority, amountRials })).toMatchObject({ kind: 'paid' });
  });

  test('nobody at all is unknown', async () => {
    const nobody = createZarinpal({
      merchantId: randomUUID(),
      baseUrl: 'http://127.0.0.1:9',
      timeoutMs: 800,
    });
    expect(await nobody.unVerified?.()).toMatchObject({ kind: 'unknown' });
  });

  test('too many verifications are not an answer about money', async () => {
    await server.set({ verifiesPerMinute: 1 });
    const authority = await paidAuthority();
    await client.verify({ authority, amountRials });
    expect(await client.verify({ authority, amountRials })).toMatchObject({ kind: 'unknown' });
  });

  test('the merchant id stands in no answer of the client', async () => {
    const merchantId = randomUUID();
    const own = clientOf(server, merchantId, 500);
    const answers: unknown[] = [];
    for (const kind of [...broken, 'hang']) {
      await server.fault('request', { kind });
      answers.push(await own.request(order));
    }
    await server.fault('request', { kind: 'code', code: -10 });
    answers.push(await own.request(order));
    expect(JSON.stringify(answers)).not.toContain(merchantId);
    expect(JSON.stringify(answers)).not.toContain('9123456789');
  });
});

describe('authorities of the sandbox', () => {
  test("are refused by a client of the gateway's production", async () => {
    const real = createZarinpal({ merchantId: randomUUID(), baseUrl: 'https://payment.zarinpal.com' });
    expect(await real.verify({ authority: `S${'0'.repeat(35)}`, amountRials })).toEqual({
      kind: 'rejected',
      code: -54,
    });
  });
});
