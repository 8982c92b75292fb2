import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createZarinpal } from '#lib/payments/gateway/zarinpal.ts';

let server: Server;
let body: unknown;
const client = () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return createZarinpal({
    merchantId: '11111111-1111-4111-8111-111111111111',
    baseUrl: `http://127.0.0.1:${port}/`,
  });
};
const authority = `A${'0'.repeat(35)}`;

beforeAll(async () => {
  server = createServer((_, response) => response.end(JSON.stringify(body)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('money that the gateway confirms', () => {
  it.each([
    [
      { code: 100, ref_id: 201, card_pan: '502229******5995', shaparak_fee: '1200' },
      '201',
      '502229******5995',
    ],
    [{ code: 101, ref_id: '59421827101', card_pan: null }, '59421827101', null],
    // However a card is written, no more of it than ten digits is taken.
    [{ code: 100, ref_id: 1, card_pan: '5022291122335995' }, '1', '502229******5995'],
    [{ code: 100, ref_id: 1, card_pan: '5022-2911-2233-5995' }, '1', '502229******5995'],
    [{ code: 100, ref_id: 1, card_pan: '۵۰۲۲ ۲۹۱۱ ۲۲۳۳ ۵۹۹۵' }, '1', '502229******5995'],
    [{ code: 100, ref_id: 1, card_pan: '50222911XXXX5995' }, '1', '502229******5995'],
    [{ code: 100, ref_id: 1, card_pan: '5022291122335995123456789' }, '1', null],
    [{ code: '100', ref_id: 59_421_827_101 }, '59421827101', null],
    // A receipt that cannot be read takes nothing from it.
    [{ code: 100 }, null, null],
    [{ code: 101, ref_id: null, card_pan: { odd: true } }, null, null],
    [{ code: 100, ref_id: 'x y', card_pan: '<b>' }, null, null],
  ])('counts with the receipt %j', async (data, refNumber, cardNumber) => {
    body = { data, errors: [] };
    expect(await client().verify({ authority, amountRials: 10_000n })).toEqual({
      kind: 'paid',
      refNumber,
      cardNumber,
      cardHash: null,
      feeRials: null,
    });
  });

  const hash = 'AB'.repeat(32);
  it.each([
    [{ fee: 1200, fee_type: 'Merchant', card_hash: hash }, 1200n, hash],
    [{ fee: '1200', card_hash: hash.toLowerCase() }, 1200n, hash],
    [{ fee: 1200, fee_type: 'Payer' }, 0n, null],
    [{ fee: -5, fee_type: 'Merchant', card_hash: '6037991122334455' }, null, null],
    [{ fee: { odd: true }, card_hash: 7 }, null, null],
  ])('keeps what of the fee and the card is readable: %j', async (data, feeRials, cardHash) => {
    body = { data: { code: 100, ref_id: 1, ...data }, errors: [] };
    expect(await client().verify({ authority, amountRials: 10_000n })).toMatchObject({
      kind: 'paid',
      feeRials,
      cardHash,
    });
  });

  it.each([[{ code: 102 }], [{ code: 0 }], [{ code: 1000 }], [{ code: 100.5 }], [{ status: 'OK' }]])(
    'is not what %j says',
    async (data) => {
      body = { data, errors: [] };
      expect(await client().verify({ authority, amountRials: 10_000n })).toMatchObject({ kind: 'unknown' });
    },
  );

  it.each([[[]], [{ authorities: null }], [{ authority: 7 }], [null]])(
    'is not ordered with %j',
    async (data) => {
      body = { data, errors: [] };
      const order = {
        paymentId: 'x',
        amountRials: 10_000n,
        description: 'x',
        callbackUrl: 'http://x/',
        mobile: null,
      };
      expect(await client().request(order)).toMatchObject({ kind: 'unknown' });
    },
  );
});
