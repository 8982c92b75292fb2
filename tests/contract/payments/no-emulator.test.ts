import { expect, test } from 'vitest';
import { handleEmulator } from '#lib/payments/emulator/handle-request.ts';
import { paymentGateways } from '#lib/payments/gateway/choose-gateway.ts';
import { useIdentity } from '#tests/support/identity.ts';

process.env.ZARINPAL_MERCHANT_ID = '33333333-3333-4333-8333-333333333333';
process.env.NEXTAUTH_URL = 'https://stayler.example';
const database = useIdentity();
process.env.NEXTAUTH_URL = 'https://stayler.example';

const base = '/api/dev/zarinpal';

test('where a merchant id is set there is no emulator, and it leaves no trace in the database', async () => {
  for (const path of ['/pg/StartPay/S1', '/pg/v4/payment/request.json', '/__emu/sessions', '']) {
    for (const method of ['GET', 'POST']) {
      const response = await handleEmulator(
        new Request(`https://stayler.example${base}${path}`, { method }),
        'zarinpal',
      );
      expect(response.status, path).toBe(404);
    }
  }
  const tables = await database().query("SELECT 1 FROM pg_tables WHERE schemaname = 'zarinpal_emulator'");
  expect(tables).toEqual([]);
});

test('people are then sent to the real gateway', () => {
  const authority = `A${'0'.repeat(35)}`;
  expect(paymentGateways().of('zarinpal')?.payUrl(authority)).toBe(
    `https://payment.zarinpal.com/pg/StartPay/${authority}`,
  );
});
