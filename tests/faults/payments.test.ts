import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { accountOf } from '#lib/core/actor.ts';
import { browserAt, cookieOf } from '#scripts/rig/browser.ts';
import { endAll, startWeb, startWorker } from '#scripts/rig/processes.ts';
import { root } from '#scripts/steps/root.ts';
import { expectWhole } from '#tests/support/invariants.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { eventsOf, newBuyer, noticesOf, quoteOf, stored, useShop } from '#tests/support/payments.ts';
import { createTcpProxy, meetCommit } from '#tests/support/tcp-proxy.ts';
import { until } from './support/watch.ts';

const shop = useShop();
const merchant = randomUUID();

const gatewayOf = () => ({ ZARINPAL_MERCHANT_ID: merchant, ZARINPAL_BASE_URL: shop().server.base });
const direct = () => ({ DATABASE_URL: shop().database.url, ...gatewayOf() });

afterEach(async () => {
  await endAll();
  await expectWhole(shop().database);
});

/** `npm run payments -- reconcile` to its end. */
async function reconcile(): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'scripts/payments.ts'), 'reconcile'],
    { cwd: root, stdio: 'ignore', env: { ...process.env, ...direct(), VITEST: '' } },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const code = await Promise.race([ended, sleep(40_000, 'too long', { ref: false })]);
  if (code === 'too long') child.kill('SIGKILL');
  expect(code).toBe(0);
}

/** The program's own worker finds the money. */
async function bookedByWorker(paymentId: string): Promise<void> {
  startWorker(direct());
  await until(
    'booked',
    () => stored(shop(), paymentId),
    ({ status }) => status === 'completed',
  );
}

/** Somebody who has paid at the bank and stands before our door again. */
async function paidAtTheBank(webUrl: string) {
  const buyer = await newBuyer();
  const cookie = await cookieOf('user', accountOf(buyer).accountId);
  const browser = browserAt(webUrl, cookie);
  const { payableRials } = await quoteOf(buyer, 'basic');
  const started = await browser.act('startUserPayment', '/billing/review/basic', {
    plan: 'basic',
    locale: 'fa',
    payableRials: String(payableRials),
  });
  expect(started).toMatchObject({ ok: true });
  const { paymentId, payUrl } = started.value as { paymentId: string; payUrl: string };
  const authority = payUrl.split('/').at(-1) ?? '';
  await shop().server.pay(authority);
  return {
    buyer,
    browser,
    paymentId,
    authority,
    back: `/api/payments/zarinpal/callback?Authority=${authority}&Status=OK`,
  };
}

async function expectBoughtOnce(paymentId: string, buyer: Parameters<typeof noticesOf>[1]) {
  expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1, attention: null });
  expect((await eventsOf(shop(), paymentId)).filter((action) => action === 'payment.complete')).toHaveLength(
    1,
  );
  expect((await noticesOf(shop(), buyer)).filter((kind) => kind === 'payment.complete')).toHaveLength(1);
}

test('04 a web server killed between the gateway’s word and our commit: paid once, by the reconciler', async ({
  task,
}) => {
  const proxy = await createTcpProxy(shop().database.url);
  const web = await startWeb({ ...gatewayOf(), DATABASE_URL: proxy.url });
  const { buyer, browser, paymentId, authority, back } = await paidAtTheBank(web.url);
  const held = meetCommit(proxy, 'activate_payment', 'before');
  const returned = browser.get(back).then(
    () => 'answered',
    () => 'no answer',
  );
  await held;
  expect(await shop().server.statusOf(authority)).toBe('VERIFIED');
  await web.end('SIGKILL');
  const killedAt = Date.now();
  expect(await returned).toBe('no answer');
  await proxy.close();
  expect(await stored(shop(), paymentId)).toMatchObject({ status: 'pending', periods: 0 });
  // No clock is moved: a worker waits as long as the dead one had the payment to itself.
  await bookedByWorker(paymentId);
  expect(noteRecovery(task, killedAt)).toBeLessThan(40);
  await expectBoughtOnce(paymentId, buyer);
  await reconcile();
  await expectBoughtOnce(paymentId, buyer);
}, 120_000);

for (const [number, when] of [
  ['03', 'after'],
  ['04', 'before'],
] as const) {
  test(`${number} the line cut ${when} the commit that books a payment, and the web server goes on: booked once, at once`, async ({
    task,
  }) => {
    const proxy = await createTcpProxy(shop().database.url);
    const web = await startWeb({ ...gatewayOf(), DATABASE_URL: proxy.url });
    const { buyer, browser, paymentId, back } = await paidAtTheBank(web.url);
    const met = meetCommit(proxy, 'activate_payment', when, 'cut');
    const returned = browser.get(back);
    await met;
    const cutAt = Date.now();
    expect((await returned).headers.get('location')).toBe(`${web.url}/billing/payments/${paymentId}`);
    expect(noteRecovery(task, cutAt)).toBeLessThan(8);
    await expectBoughtOnce(paymentId, buyer);
    await web.end('SIGTERM');
    await proxy.close();
  }, 90_000);
}

test('03 a web server killed after it booked a payment and before it said so: coming back again finds it, once', async ({
  task,
}) => {
  const proxy = await createTcpProxy(shop().database.url);
  const web = await startWeb({ ...gatewayOf(), DATABASE_URL: proxy.url });
  const { buyer, browser, paymentId, back } = await paidAtTheBank(web.url);
  const held = meetCommit(proxy, 'activate_payment', 'after');
  const returned = browser.get(back).catch(() => null);
  await held;
  await web.end('SIGKILL');
  const killedAt = Date.now();
  expect(await returned).toBeNull();
  await proxy.close();
  await expectBoughtOnce(paymentId, buyer);
  const next = await startWeb(direct());
  const again = await Promise.all(
    Array.from({ length: 10 }, () => browserAt(next.url, browser.cookie).get(back)),
  );
  noteRecovery(task, killedAt);
  for (const answer of again) {
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `${next.url}/billing/payments/${paymentId}`,
    ]);
  }
  await reconcile();
  await expectBoughtOnce(paymentId, buyer);
}, 120_000);

test('04 a web server killed while it asks the gateway: somebody else asks, once the dead one’s turn is over', async ({
  task,
}) => {
  const web = await startWeb(direct());
  const { buyer, browser, paymentId, authority, back } = await paidAtTheBank(web.url);
  await shop().server.fault('verify', { kind: 'hang' });
  const returned = browser.get(back).catch(() => null);
  await until(
    'asked',
    () => shop().server.count('verify', authority),
    (count) => count > 0,
  );
  await web.end('SIGKILL');
  const killedAt = Date.now();
  await returned;
  expect(await stored(shop(), paymentId)).toMatchObject({ status: 'pending', periods: 0 });
  await bookedByWorker(paymentId);
  expect(noteRecovery(task, killedAt)).toBeLessThan(40);
  await expectBoughtOnce(paymentId, buyer);
}, 90_000);
