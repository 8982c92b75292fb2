import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { browserAt, cookieOf } from '#scripts/rig/browser.ts';
import { endAll, type Running, startWeb, startWorker, untilReady } from '#scripts/rig/processes.ts';
import { createRedisServer, redisMissing } from '#scripts/rig/redis-server.ts';
import { buildWeb } from '../steps/build.ts';
import { openOwnDatabase } from './support/own-database.ts';
import { tellCosts } from './support/scale-costs.ts';
import { tellEnds } from './support/scale-ends.ts';
import { type Kind, type Seen, tellLoad } from './support/scale-load.ts';
import { openPrimary, openShape } from './support/scale-shape.ts';

/**
 * Two web servers and three workers, a PostgreSQL with its replica, two PgBouncers, two servers of a bucket and a Redis or Valkey on
 * this machine: people sign in, upload, convert, look at public pages and pay for a minute and a half; after a third of it one of
 * each is killed, and started again later. Clients of a dead server go to the other one, as behind a balancer.
 * The pace is what two cores carry with a third to spare, so that what fails, fails by the kill and not by a full line.
 */
const seconds = Number(process.env.BENCH_SECONDS ?? 90);
const killAt = seconds / 3;
const reviveAt = seconds * 0.55;
const password = 'a sentence nobody guesses';

await buildWeb();
const primary = await openPrimary();
const own = await openOwnDatabase('scale');
const shape = await openShape(primary, own.url);
const redis = redisMissing ? null : await createRedisServer();
if (redis) process.env.REDIS_URL = redis.url;
const { hashPassword } = await import('#lib/auth/password/password.ts');
const { startGateway } = await import('#scripts/rig/payment-gateway.ts');
const gateway = await startGateway();
const all = {
  ...shape.environment,
  DATA_DIR: own.dataDir,
  LOG_LEVEL: 'warn',
  ZARINPAL_MERCHANT_ID: randomUUID(),
  ZARINPAL_BASE_URL: gateway.base,
};

const hashed = await hashPassword(password);
if (!hashed.ok) throw new Error(hashed.detail);
const people = 120;
const { rows: users } = await own.client.query<{ id: string; phone: string }>(
  `INSERT INTO users (phone, password_hash, is_phone_verified)
   SELECT '+98912' || lpad(n::text, 7, '0'), $1, true FROM generate_series(1, ${people}) n RETURNING id, phone`,
  [hashed.value],
);
await own.client.query(
  `INSERT INTO quota_grants (user_id, resource, amount, reason) SELECT id, 'conversions', 50, 'scale' FROM users`,
);
const portrait = readFileSync(fileURLToPath(import.meta.resolve('#scripts/rig/photos/portrait.jpg')));
const photo = await sharp(portrait).resize({ width: 1024 }).jpeg().toBuffer();

const webs = [await startWeb(all), await startWeb(all)];
const workers: Running[] = [startWorker(all), startWorker(all), startWorker(all)];
const alive = [true, true];
const seen: Seen[] = [];
const [acknowledged, paid]: [string[], string[]] = [[], []];
let isOver = false;
const startedAt = Date.now();
const since = () => (Date.now() - startedAt) / 1000;

/** A balancer that takes a server out after it refused a connection once. */
function origin(turn: number): { url: string; index: number } {
  const first = turn % 2;
  const index = alive[first] ? first : 1 - first;
  return { url: webs[index]?.url ?? '', index };
}

async function act(kind: Kind, turn: number, work: (url: string) => Promise<string | null>): Promise<void> {
  const { url, index } = origin(turn);
  const at = since();
  const begun = performance.now();
  const why = await work(url).catch((error: Error) => {
    if (/fetch failed|terminated|ECONN/.test(error.message)) alive[index] = false;
    return error.message;
  });
  seen.push({ kind, at, ms: performance.now() - begun, ok: why === null, why: why ?? '' });
}

async function signIn(url: string, turn: number): Promise<string | null> {
  const phone = users[turn % people]?.phone.replace('+98', '0') ?? '';
  const answer = await browserAt(url).act('signInUser', '/login', { phone, password });
  return answer.ok ? null : (answer.code ?? 'refused');
}

const photos = new Map<string, string>();
const cookies = new Map<string, string>();
async function cookie(id: string): Promise<string> {
  const known = cookies.get(id) ?? (await cookieOf('user', id));
  cookies.set(id, known);
  return known;
}

async function upload(url: string, turn: number): Promise<string | null> {
  const id = users[turn % people]?.id ?? '';
  photos.set(id, await browserAt(url, await cookie(id)).upload(photo));
  return null;
}

async function convert(url: string, turn: number): Promise<string | null> {
  const [id, imageId] = [...photos][turn % Math.max(1, photos.size)] ?? [];
  if (!id || !imageId) return null;
  const wish = {
    imageIds: [imageId],
    style: turn % 2 ? 'duotone' : 'noir',
    requestKey: randomUUID().replaceAll('-', ''),
  };
  const answer = await browserAt(url, await cookie(id)).act('requestConversions', '/studio', wish);
  if (answer.ok) acknowledged.push(...(answer.value as { ids: string[] }).ids);
  // A line that is full is an answer, not a fault.
  return answer.ok || answer.code === 'conversion.tooManyWaiting' ? null : (answer.code ?? 'refused');
}

const publicPaths = ['/', '/explore', '/plans', '/styles'];
async function page(url: string, turn: number): Promise<string | null> {
  const answer = await browserAt(url).get(publicPaths[turn % publicPaths.length] ?? '/');
  await answer.arrayBuffer();
  return answer.status === 200 ? null : String(answer.status);
}

async function pay(url: string, turn: number): Promise<string | null> {
  const id = users[(turn * 7) % people]?.id ?? '';
  const { quotePlan } = await import('#lib/payments/plan/quote-plan.ts');
  const { db } = await import('#lib/db/client.ts');
  const quoted = await quotePlan(db(), { kind: 'user', accountId: id }, 'basic');
  if (!quoted.ok) return null;
  const browser = browserAt(url, await cookie(id));
  const started = await browser.act('startUserPayment', '/billing/review/basic', {
    plan: 'basic',
    locale: 'fa',
    payableRials: String(quoted.value.payableRials),
  });
  if (!started.ok) return started.code === 'payment.quoteChanged' ? null : (started.code ?? 'refused');
  const { paymentId, payUrl } = started.value as { paymentId: string; payUrl: string };
  const authority = payUrl.split('/').at(-1) ?? '';
  await gateway.pay(authority);
  paid.push(paymentId);
  const back = await browser.get(`/api/payments/zarinpal/callback?Authority=${authority}&Status=OK`);
  return back.status === 303 ? null : String(back.status);
}

/** Begins work at a steady pace; what was begun before may still run, up to a bound. */
async function paced(
  kind: Kind,
  perSecond: number,
  work: (url: string, turn: number) => Promise<string | null>,
) {
  const begun = new Set<Promise<void>>();
  for (let turn = 0; !isOver; turn += 1) {
    if (begun.size < 30) {
      const one: Promise<void> = act(kind, turn, (url) => work(url, turn)).finally(() => begun.delete(one));
      begun.add(one);
    }
    await sleep(1000 / perSecond);
  }
  await Promise.all(begun);
}

const connections: number[] = [];
const watching = (async () => {
  while (!isOver) {
    const { rows } = await own.client.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database()',
    );
    connections.push(rows[0]?.n ?? 0);
    await sleep(1000);
  }
})();

let [killedAt, backAt] = [0, 0];
const accident = (async () => {
  await sleep(killAt * 1000);
  await Promise.all([webs[0]?.end('SIGKILL'), workers[0]?.end('SIGKILL'), shape.killOne(), redis?.kill()]);
  killedAt = since();
  await sleep((reviveAt - killAt) * 1000);
  const port = Number(new URL(webs[0]?.url ?? '').port);
  await Promise.all([shape.revive(), redis?.start()]);
  webs[0] = await startWeb(all, { port });
  workers[0] = startWorker(all);
  await untilReady(webs[0].url);
  alive[0] = true;
  backAt = since();
})();

let isBad = false;
try {
  const load = [
    paced('sign in', 0.5, signIn),
    paced('upload', 0.4, upload),
    paced('convert', 0.3, convert),
    paced('page', 4, page),
    paced('pay', 0.2, pay),
  ];
  await sleep(seconds * 1000);
  await accident;
  isOver = true;
  await Promise.all([...load, watching]);
  const loadSeconds = since();

  // What was taken is finished, although workers were killed.
  const finishBy = Date.now() + 120_000;
  const unfinished = async () => {
    const { rows } = await own.client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM user_conversions WHERE status IN ('pending', 'processing')`,
    );
    return rows[0]?.n ?? 0;
  };
  while ((await unfinished()) > 0 && Date.now() < finishBy) await sleep(250);
  const left = await unfinished();
  const { reconcilePayments } = await import('#lib/payments/check/reconcile-payments.ts');
  const { gatewaysOf } = await import('#lib/payments/gateway/choose-gateway.ts');
  const { createZarinpal } = await import('#lib/payments/gateway/zarinpal.ts');
  const client = createZarinpal({ merchantId: all.ZARINPAL_MERCHANT_ID, baseUrl: gateway.base });
  await own.client
    .query(
      `UPDATE payments SET next_check_at = now() - interval '1 second', checking_until = NULL WHERE status = 'pending'`,
    )
    .catch(() => undefined);
  await reconcilePayments(gatewaysOf([client]));

  isBad = tellLoad(seen, { killedAt, backAt, loadSeconds });
  const ends = await tellEnds(own.client, shape, { acknowledged, paid, left });
  isBad ||= ends.isBad;

  await tellCosts(own.client, { web: webs[1], workers: workers.slice(1), connections, done: ends.done });
} finally {
  isOver = true;
  await endAll();
  await gateway.close();
  await shape.close();
  await own.close();
  await primary.stop();
  await redis?.close();
}
process.exit(isBad ? 1 : 0);
