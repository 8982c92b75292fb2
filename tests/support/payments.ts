import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { db } from '#lib/db/client.ts';
import { installQueues } from '#lib/jobs/boss.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { settleReturn } from '#lib/payments/check/settle-return.ts';
import { gatewaysOf, paymentGateways } from '#lib/payments/gateway/choose-gateway.ts';
import type { Gateways, PaymentGateway } from '#lib/payments/gateway/payment-gateway.ts';
import { createZarinpal } from '#lib/payments/gateway/zarinpal.ts';
import { createZibal } from '#lib/payments/gateway/zibal.ts';
import { quotePlan } from '#lib/payments/plan/quote-plan.ts';
import { type Started, startPayment } from '#lib/payments/start-payment.ts';
import { type GatewayServer, startGateway } from '#scripts/rig/payment-gateway.ts';
import { must } from './conversions.ts';
import { type OwnDatabase, useTestDatabase } from './database/test-database.ts';
import { newUser, newVendor, ownDataDir } from './files.ts';

/** A shop in a test: the program's own rules and database, and a gateway over real HTTP. */
export type Shop = {
  readonly database: OwnDatabase;
  readonly server: GatewayServer;
  readonly gateways: Gateways;
};

/** The gateway that the shops of this file stand at: the same cases are run at each. */
export const gatewayUnderTest: GatewayName = process.env.TEST_GATEWAY === 'zibal' ? 'zibal' : 'zarinpal';
export const isZibal = gatewayUnderTest === 'zibal';

/** Call it at the top of a test file. With a port the gateway stands where the program's own address says. */
export function useShop(port?: number): () => Shop {
  if (port !== undefined) process.env.PORT = String(port);
  process.env.PAYMENT_GATEWAYS = gatewayUnderTest;
  const data = ownDataDir();
  const database = useTestDatabase();
  let shop: Shop | undefined;
  beforeAll(async () => {
    await installQueues(database().ownerUrl);
    const server = await startGateway(port, gatewayUnderTest);
    shop = {
      database: database(),
      server,
      gateways: port === undefined ? gatewaysOf([clientOf(server)]) : paymentGateways(),
    };
  });
  afterAll(async () => {
    await shop?.server.close();
    await closeSender();
    await data.remove();
  });
  return () => {
    if (!shop) throw new Error('The shop exists only inside tests and hooks.');
    return shop;
  };
}

/** The real client towards the emulator, less patient than in real life. */
export function clientOf(
  { name, base: baseUrl }: Pick<GatewayServer, 'name' | 'base'>,
  merchantId: string = randomUUID(),
  timeoutMs = 5000,
): PaymentGateway {
  return name === 'zibal'
    ? createZibal({ merchant: merchantId, baseUrl, timeoutMs })
    : createZarinpal({ merchantId, baseUrl, timeoutMs });
}

/** The gateway of a shop, where there is one alone. */
export function gatewayOf({ gateways }: Shop): PaymentGateway {
  const [gateway] = gateways.all;
  if (!gateway) throw new Error('a shop without a gateway');
  return gateway;
}

/** The same client where nobody answers. */
export const nobodyThere = (timeoutMs = 700) =>
  clientOf({ name: gatewayUnderTest, base: 'http://127.0.0.1:9' }, randomUUID(), timeoutMs);

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const sessionId = '00000000-0000-4000-8000-000000000000';

export async function newBuyer(kind: 'user' | 'vendor' = 'user'): Promise<AccountActor> {
  return kind === 'user'
    ? { kind, ...(await newUser()), sessionId }
    : { kind, ...(await newVendor()), sessionId };
}

export async function quoteOf(buyer: AccountActor, plan: string) {
  return must(await quotePlan(db(), accountOf(buyer), plan));
}

/** Begins to buy what was just quoted. */
export async function begin(
  shop: Shop,
  buyer: AccountActor,
  plan: string,
): Promise<Started & { authority: string }> {
  const { payableRials } = await quoteOf(buyer, plan);
  const started = must(await startPayment(buyer, { plan, locale: 'fa', payableRials }, shop.gateways));
  return { ...started, authority: authorityOf(started) };
}

export function authorityOf({ payUrl }: Started): string {
  return payUrl.split('/').at(-1) ?? '';
}

/** What the gateway under test adds to our address when it sends somebody back. */
function returnQuery(authority: string, status = 'OK'): URLSearchParams {
  const isPaid = status === 'OK';
  return isZibal
    ? new URLSearchParams({ success: isPaid ? '1' : '0', status: isPaid ? '2' : '3', trackId: authority })
    : new URLSearchParams({ Authority: authority, Status: status });
}

/** Comes back from the bank as a browser would. */
export function comeBack(shop: Shop, authority: string, status = 'OK'): Promise<string> {
  return settleReturn(gatewayUnderTest, returnQuery(authority, status), shop.gateways);
}

/** Buys from beginning to end. */
export async function buyPlan(shop: Shop, buyer: AccountActor, plan: string): Promise<string> {
  const { paymentId, authority } = await begin(shop, buyer, plan);
  await shop.server.pay(authority);
  await comeBack(shop, authority);
  return paymentId;
}

export type StoredPayment = {
  status: string;
  attention: string | null;
  ref: string | null;
  answer: string | null;
  periods: number;
  nextCheck: boolean;
};

/** A payment as the database has it, read beside the program. */
export async function stored(shop: Shop, paymentId: string): Promise<StoredPayment> {
  const [row] = await shop.database.query<StoredPayment>(
    `SELECT status, attention_reason AS attention, gateway_ref_number AS ref, last_answer AS answer,
       next_check_at IS NOT NULL AS "nextCheck",
       (SELECT count(*)::int FROM subscription_periods s WHERE s.payment_id = p.id) AS periods
     FROM payments p WHERE id = $1`,
    [paymentId],
  );
  if (!row) throw new Error('no such payment');
  return row;
}

/** What was written down about a payment, in order. */
export async function eventsOf(shop: Shop, paymentId: string): Promise<string[]> {
  const rows = await shop.database.query<{ action: string }>(
    'SELECT action FROM audit_logs WHERE resource_id = $1 ORDER BY created_at, id',
    [paymentId],
  );
  return rows.map(({ action }) => action);
}

export async function noticesOf(shop: Shop, buyer: AccountActor): Promise<string[]> {
  const rows = await shop.database.query<{ kind: string }>(
    'SELECT kind FROM notifications WHERE coalesce(user_id, vendor_id) = $1 ORDER BY created_at, id',
    [accountOf(buyer).accountId],
  );
  return rows.map(({ kind }) => kind);
}

/** Lets time pass for one payment: the database's clock is the only one that counts. */
export async function agePayment(shop: Shop, paymentId: string, minutes: number): Promise<void> {
  await shop.database.unguarded(
    `UPDATE payments SET created_at = created_at - make_interval(mins => $2), expires_at = expires_at - make_interval(mins => $2),
       paid_at = paid_at - make_interval(mins => $2), next_check_at = next_check_at - make_interval(mins => $2),
       checking_until = checking_until - make_interval(mins => $2), check_began_at = check_began_at - make_interval(mins => $2),
       checked_at = checked_at - make_interval(mins => $2), returned_at = returned_at - make_interval(mins => $2)
     WHERE id = $1`,
    [paymentId, minutes],
  );
}
