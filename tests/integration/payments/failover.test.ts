import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accountOf } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { reconcilePayments } from '#lib/payments/check/reconcile-payments.ts';
import { settleReturn } from '#lib/payments/check/settle-return.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { gatewaysOf } from '#lib/payments/gateway/choose-gateway.ts';
import type { Gateways } from '#lib/payments/gateway/payment-gateway.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { findRefundEffect } from '#lib/payments/refund/store.ts';
import { startPayment } from '#lib/payments/start-payment.ts';
import { type GatewayServer, startGateway } from '#scripts/rig/payment-gateway.ts';
import { must, newActor } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import { agePayment, authorityOf, clientOf, newBuyer, stored, useShop } from '#tests/support/payments.ts';

const shop = useShop();
process.env.PAYMENT_GATEWAYS = 'zarinpal,zibal';
let second: GatewayServer;
let gateways: Gateways;

beforeAll(async () => {
  second = await startGateway(0, 'zibal');
  gateways = gatewaysOf([clientOf(shop().server), clientOf(second)]);
});
afterAll(() => second.close());
beforeEach(async () => {
  await shop().server.control('DELETE', 'faults');
  await shop().database.query('TRUNCATE gateway_circuits, gateway_terms');
});

const wanted = { plan: 'basic', locale: 'fa', payableRials: 50_000n } as const;

async function gatewayOfPayment(id: string): Promise<string> {
  const [row] = await shop().database.query<{ gateway: string; callback_url: string }>(
    'SELECT gateway, callback_url FROM payments WHERE id = $1',
    [id],
  );
  expect(row?.callback_url).toContain(`/api/payments/${row?.gateway}/callback`);
  return row?.gateway ?? '';
}

async function start(from = gateways) {
  const buyer = await newBuyer();
  const started = must(await startPayment(buyer, wanted, from));
  return { buyer, ...started, authority: authorityOf(started) };
}

async function buyAtSecond() {
  await shop().server.fault('request', { kind: 'code', code: -11 });
  const begun = await start();
  expect(await gatewayOfPayment(begun.paymentId)).toBe('zibal');
  await second.pay(begun.authority);
  const query = new URLSearchParams({ success: '1', status: '2', trackId: begun.authority });
  expect(await settleReturn('zibal', query, gateways)).toBe(`/billing/payments/${begun.paymentId}`);
  return begun;
}

describe('before a session exists', () => {
  test('the first gateway is asked first', async () => {
    const { paymentId, payUrl } = await start();
    expect(await gatewayOfPayment(paymentId)).toBe('zarinpal');
    expect(payUrl).toContain('/pg/StartPay/');
  });

  test.each(['html502', 'json500', 'reset', 'invalidJson', 'commitThenDrop'])(
    'one that fails (%s) is followed by the other, and the payment is one',
    async (kind) => {
      await shop().server.fault('request', { kind });
      const { buyer, paymentId, payUrl, authority } = await start();
      expect(await gatewayOfPayment(paymentId)).toBe('zibal');
      expect(payUrl).toBe(`${second.base}/start/${authority}`);
      // A second click goes on where the first one led.
      expect(must(await startPayment(buyer, wanted, gateways))).toEqual({ paymentId, payUrl });
      expect(must(await findPayment(buyer, paymentId)).state).toBe('waiting');
    },
  );

  test('both that fail are a gateway that is down, and nothing can be paid', async () => {
    await shop().server.fault('request', { kind: 'json500' });
    await second.fault('request', { kind: 'json500' });
    const buyer = await newBuyer();
    expect(await startPayment(buyer, wanted, gateways)).toMatchObject({ code: 'payment.gatewayDown' });
    const rows = await shop().database.query('SELECT status FROM payments WHERE user_id = $1', [
      accountOf(buyer).accountId,
    ]);
    expect(rows).toEqual([{ status: 'failed' }]);
  });

  test('one that failed three times is not asked, but by one payment now and then; a session opens it again', async () => {
    for (let n = 0; n < 3; n += 1) {
      await shop().server.fault('request', { kind: 'json500' });
      await start();
    }
    const asked = await shop().server.count('request');
    expect(await gatewayOfPayment((await start()).paymentId)).toBe('zibal');
    expect(await shop().server.count('request')).toBe(asked);
    await shop().database.query("UPDATE gateway_circuits SET closed_until = now() - interval '1 second'");
    const both = await Promise.all([start(), start()]);
    const led = await Promise.all(both.map(({ paymentId }) => gatewayOfPayment(paymentId)));
    expect(led).toContain('zarinpal');
    expect(await gatewayOfPayment((await start()).paymentId)).toBe('zarinpal');
  });

  test('the operator says which is asked first, for which amounts, and whether at all', async () => {
    const set = (gateway: string, position: number, least: number, most: number, isOpen = true) =>
      shop().database.query(
        `INSERT INTO gateway_terms VALUES ($1, $2, $3, $4, $5) ON CONFLICT (gateway)
         DO UPDATE SET position = $2, least = $3, most = $4, is_open = $5`,
        [gateway, position, least, most, isOpen],
      );
    await set('zibal', 0, 0, 1_000_000_000);
    expect(await gatewayOfPayment((await start()).paymentId)).toBe('zibal');
    await set('zibal', 0, 50_001, 1_000_000_000);
    expect(await gatewayOfPayment((await start()).paymentId)).toBe('zarinpal');
    await set('zarinpal', 1, 0, 1_000_000_000, false);
    expect(await startPayment(await newBuyer(), wanted, gateways)).toMatchObject({
      code: 'payment.gatewayDown',
    });
  });
});

describe('once a session exists', () => {
  test('the payment stays with its gateway, whatever fails there', async () => {
    const { paymentId, authority } = await start();
    const move = shop().database.query("UPDATE payments SET gateway = 'zibal' WHERE id = $1", [paymentId]);
    await expect(move).rejects.toThrow('stays with its gateway');
    await shop().server.pay(authority);
    const query = new URLSearchParams({ Authority: authority, Status: 'OK' });
    await shop().server.fault('verify', { kind: 'json500' }, { kind: 'json500' }, { kind: 'json500' });
    await settleReturn('zarinpal', query, gateways);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'pending', nextCheck: true });
    await agePayment(shop(), paymentId, 2);
    await reconcilePayments(gateways);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
    expect(await gatewayOfPayment(paymentId)).toBe('zarinpal');
  });

  test('the other gateway’s return names none of its sessions', async () => {
    const { authority } = await start();
    for (const query of [`trackId=${authority}&success=1`, `Authority=${authority}&Status=OK`]) {
      const path = await settleReturn('zibal', new URLSearchParams(query), gateways);
      expect(path).toBe('/plans?payment=unknown');
    }
  });

  test('a gateway that is silent keeps no payment of the other one waiting', async () => {
    const silent = clientOf({ name: 'zarinpal', base: 'http://127.0.0.1:9' }, randomUUID(), 400);
    const stuck = await Promise.all(Array.from({ length: 6 }, () => start()));
    await shop().server.fault('request', { kind: 'code', code: -11 });
    const { paymentId, authority } = await start();
    await second.pay(authority);
    const secondClient = gateways.of('zibal');
    for (const { paymentId: id } of [...stuck, { paymentId }]) await agePayment(shop(), id, 4);
    await reconcilePayments(gatewaysOf(secondClient ? [silent, secondClient] : []));
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
    for (const { paymentId: id } of stuck) {
      expect(await stored(shop(), id)).toMatchObject({ status: 'pending' });
    }
  });

  test('a payment of a gateway that is not set up any more waits and is not lost', async () => {
    const { buyer, paymentId } = await start();
    await agePayment(shop(), paymentId, 45);
    await reconcilePayments(gatewaysOf([clientOf(second)]));
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'pending',
      answer: 'zarinpal is not set up',
      nextCheck: true,
    });
    expect(must(await findPayment(buyer, paymentId)).payUrl).not.toContain('/start/');
  });
});

describe('money at the second gateway', () => {
  test('buys once, and is given back by hand', async () => {
    const { buyer, paymentId } = await buyAtSecond();
    expect(await stored(shop(), paymentId)).toMatchObject({
      status: 'completed',
      periods: 1,
      attention: null,
    });
    expect(await findRefundEffect(db(), paymentId)).toMatchObject({ isReversible: false });
    const asked = { paymentId, reason: 'asked by phone' };
    expect(must(await refundPayment(await newActor(), asked, gateways))).toMatchObject({
      method: 'transfer',
      state: 'pending',
    });
    expect(must(await findPayment(buyer, paymentId)).state).toBe('refunding');
    await expectInvariants(shop().database);
  });

  test('that went back from its panel is not sent a second time', async () => {
    const { paymentId, authority } = await buyAtSecond();
    await second.force(authority, 'REVERSED');
    const asked = { paymentId, reason: 'asked by phone' };
    expect(must(await refundPayment(await newActor(), asked, gateways))).toMatchObject({
      method: 'reversal',
      state: 'completed',
    });
  });
});
