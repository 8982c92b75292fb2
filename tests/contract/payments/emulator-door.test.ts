import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handleEmulator } from '#lib/payments/emulator/handle-request.ts';
import { controlToken } from '#lib/payments/emulator/serve-control.ts';
import { type GatewayServer, startGateway } from '#scripts/rig/payment-gateway.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { clientOf } from '#tests/support/payments.ts';

useIdentity();
const base = '/api/dev/zarinpal';
const merchantId = '22222222-2222-4222-8222-222222222222';
const order = {
  paymentId: '4b6a4a3e-6a7f-4d77-8f4e-3b8de1a3a111',
  amountRials: 50_000n,
  description: '<script>alert(1)</script> & پلن',
  callbackUrl: 'http://localhost:3000/back?a=1',
  mobile: null,
};
let one: GatewayServer;
let two: GatewayServer;

beforeAll(async () => {
  [one, two] = await Promise.all([startGateway(), startGateway()]);
});
afterAll(() => Promise.all([one.close(), two.close()]));

async function newAuthority(server: GatewayServer = one): Promise<string> {
  const answer = await clientOf(server, merchantId, 10_000).request(order);
  if (answer.kind !== 'ready') throw new Error(JSON.stringify(answer));
  return answer.authority;
}

const get = (url: string) => fetch(url, { redirect: 'manual' });

describe('the emulator', () => {
  test('made by many at once is one, and many processes serve it together', async () => {
    const authorities = await Promise.all([one, two, one, two].map(newAuthority));
    expect(new Set(authorities).size).toBe(4);
    const [authority = ''] = authorities;
    await two.pay(authority);
    const codes = await Promise.all(
      [one, two, one, two].map(async ({ base: url }) => {
        const response = await fetch(`${url}/pg/v4/payment/verify.json`, {
          method: 'POST',
          body: JSON.stringify({ merchant_id: merchantId, amount: 50_000, authority }),
        });
        return ((await response.json()) as { data: { code: number } }).data.code;
      }),
    );
    expect(codes.toSorted()).toEqual([100, 101, 101, 101]);
  });

  test('shows what is to be paid, in both languages, inert whatever stands in it', async () => {
    const authority = await newAuthority();
    for (const [language, amount, direction] of [
      ['fa', '۵٬۰۰۰ تومان', 'rtl'],
      ['en', '5,000 Toman', 'ltr'],
    ] as const) {
      const page = await get(`${one.base}/pg/StartPay/${authority}?lang=${language}`);
      const html = await page.text();
      expect(html).toContain(amount);
      expect(html).toContain(`dir="${direction}"`);
      expect(html).not.toContain('<script');
      const policy = page.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
      expect(policy).toContain("default-src 'none'");
      expect(html).toContain(`<style nonce="${nonce}">`);
    }
    expect((await get(`${one.base}/pg/StartPay/S${'0'.repeat(35)}`)).status).toBe(404);
  });

  test('pays by its links once, and opened again leads back without paying again', async () => {
    const authority = await newAuthority();
    const html = await (await get(`${one.base}/pg/StartPay/${authority}`)).text();
    const link = (outcome: string) =>
      `${one.url}${(new RegExp(`data-pay="${outcome}"[^>]* href="([^"]+)"`).exec(html)?.[1] ?? '').replace('&amp;', '&')}`;
    const back = `http://localhost:3000/back?a=1&Authority=${authority}&Status=OK`;
    expect((await get(link('OK'))).headers.get('location')).toBe(back);
    const paid = await one.control('GET', `sessions/${authority}`);
    for (const again of [link('OK'), link('NOK'), `${one.base}/pg/StartPay/${authority}`]) {
      const response = await get(again);
      expect([response.status, response.headers.get('location')]).toEqual([302, back]);
    }
    expect(await one.control('GET', `sessions/${authority}`)).toEqual(paid);
  });

  test('closed at the bank is paid, and nobody is sent back', async () => {
    const authority = await newAuthority();
    const { token } = (await one.control('GET', `sessions/${authority}`)) as { token: string };
    const response = await get(`${one.base}/pg/verify/${token}/?status=CLOSED`);
    expect([response.status, response.headers.get('location')]).toEqual([200, null]);
    expect(await one.statusOf(authority)).toBe('PAID');
  });

  test('lets a failed payment be tried again only where that is allowed', async () => {
    const authority = await newAuthority();
    await one.pay(authority, 'failed');
    expect((await get(`${one.base}/pg/StartPay/${authority}`)).status).toBe(302);
    await one.set({ retryAfterFailed: true });
    expect((await get(`${one.base}/pg/StartPay/${authority}`)).status).toBe(200);
    await one.pay(authority);
    expect(await one.statusOf(authority)).toBe('PAID');
    await one.reset();
  });

  test('answers nothing about fees unless it is told to', async () => {
    const ask = () =>
      fetch(`${one.base}/pg/v4/payment/feeCalculation.json`, {
        method: 'POST',
        body: JSON.stringify({ merchant_id: merchantId, amount: 50_000 }),
      });
    expect((await ask()).status).toBe(404);
    await one.set({ feeCalculation: true });
    expect(await (await ask()).json()).toMatchObject({ data: { code: 100, amount: 50_000, fee: 1200 } });
    await one.reset();
  });
});

describe('its controls', () => {
  const ask = (headers: Record<string, string>) =>
    handleEmulator(new Request(`http://localhost:3000${base}/__emu/sessions`, { headers }), 'zarinpal');
  const authorization = () => `Bearer ${controlToken()}`;

  test('open on this machine with the key, and to nobody else', async () => {
    expect((await ask({ authorization: authorization(), 'x-peer-address': '127.0.0.1' })).status).toBe(200);
    expect((await ask({ 'x-peer-address': '127.0.0.1' })).status).toBe(404);
    expect((await ask({ authorization: 'Bearer x', 'x-peer-address': '127.0.0.1' })).status).toBe(404);
    expect((await ask({ authorization: authorization(), 'x-peer-address': '10.0.0.7' })).status).toBe(404);
    expect((await ask({ authorization: authorization(), 'x-forwarded-for': '127.0.0.1' })).status).toBe(404);
  });

  test('refuse what they do not know', async () => {
    await expect(one.set({ failureHttp: 999 } as never)).rejects.toThrow('422');
    await expect(one.fault('verify', { kind: 'earthquake' })).rejects.toThrow('422');
  });
});
