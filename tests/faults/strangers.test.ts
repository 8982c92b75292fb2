import { randomInt, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeFor } from '#lib/auth/code/codes.ts';
import { type ActionAnswer, actionOf, browserAt, cookieOf, readAnswer } from '#scripts/rig/browser.ts';
import { endAll, startWeb, startWorker, type Web } from '#scripts/rig/processes.ts';
import { newUser } from '#tests/support/files.ts';
import { newPhone } from '#tests/support/identity.ts';
import { expectWhole } from '#tests/support/invariants.ts';
import { quoteOf, stored, useShop } from '#tests/support/payments.ts';
import { noise, quarters } from '#tests/support/pictures.ts';
import { cookieJar } from './support/cookie-jar.ts';
import { until } from './support/watch.ts';

/**
 * Decision 035 on the running program: while strangers attack, somebody elsewhere signs up, signs in, sends a photo, has it
 * converted and pays. The program stands behind a proxy of ours, so that the attackers come from wherever they like.
 */
const shop = useShop();
const merchant = randomUUID();
const password = 'a quiet lantern 7';
let web: Web;

beforeEach(async () => {
  const environment = {
    DATABASE_URL: shop().database.url,
    ZARINPAL_MERCHANT_ID: merchant,
    ZARINPAL_BASE_URL: shop().server.base,
    TRUSTED_PROXY_HOPS: '1',
    RATE_LIMIT_SCALE: '1',
  };
  web = await startWeb(environment);
  startWorker(environment);
}, 120_000);
afterEach(async () => {
  await endAll();
  await expectWhole(shop().database);
});

/** A browser that keeps its cookies, at an address. */
function person(address: string | (() => string)) {
  const jar = cookieJar();
  const where = () => (typeof address === 'string' ? address : address());
  const act = async (name: string, path: string, input: unknown): Promise<ActionAnswer> => {
    const response = await browserAt(web.url, jar.cookie(), jar.keep).get(path, {
      method: 'POST',
      headers: {
        'next-action': actionOf(name),
        'content-type': 'text/plain;charset=UTF-8',
        accept: 'text/x-component',
        'x-forwarded-for': where(),
      },
      body: JSON.stringify([input]),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : readAnswer(text);
  };
  return { act, cookie: jar.cookie, where };
}

async function newestCodeOf(phone: string): Promise<string> {
  const [row] = await shop().database.query<{ id: string }>(
    `SELECT o.id FROM otps o JOIN outbox_messages m ON m.id = o.id
     WHERE o.phone = $1 AND o.consumed_at IS NULL ORDER BY o.created_at DESC LIMIT 1`,
    [phone],
  );
  return row ? codeFor(row.id) : '';
}

/** All that somebody comes for; how long each step took, in milliseconds. */
async function journey(phone: string): Promise<Record<string, number>> {
  const took: Record<string, number> = {};
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const done = await work();
    took[name] = Math.round(performance.now() - start);
    return done;
  };
  const me = person('203.0.113.77');
  const ok = async (answer: Promise<ActionAnswer>) => expect(await answer).toMatchObject({ ok: true });
  await step('sign up', async () => {
    await ok(me.act('signUpUser', '/en/signup', { phone, password }));
    const code = await until(
      'the code',
      () => newestCodeOf(phone),
      (sent) => sent !== '',
    );
    await ok(me.act('verifyUser', '/en/verify', { code }));
  });
  await step('sign out and in', async () => {
    await ok(me.act('signOutUser', '/en/account', {}));
    await ok(me.act('signInUser', '/en/login', { phone, password }));
  });
  const browser = browserAt(web.url, me.cookie());
  const imageId = await step('upload', async () => {
    return browser.upload(await quarters(800, 600).jpeg().toBuffer());
  });
  await step('convert', async () => {
    await ok(browser.act('requestConversions', '/en/studio', { imageIds: [imageId], style: 'duotone' }));
    await until(
      'the conversion',
      () =>
        shop().database.query<{ status: string }>(
          'SELECT status FROM user_conversions WHERE source_image_id = $1',
          [imageId],
        ),
      ([row]) => row?.status === 'completed',
    );
  });
  await step('pay', async () => {
    const [account] = await shop().database.query<{ id: string }>('SELECT id FROM users WHERE phone = $1', [
      phone,
    ]);
    const buyer = { kind: 'user', userId: account?.id ?? '', sessionId: '' } as const;
    const { payableRials } = await quoteOf(buyer, 'basic');
    const input = { plan: 'basic', locale: 'en', payableRials: String(payableRials) };
    const started = await browser.act('startUserPayment', '/en/billing/review/basic', input);
    expect(started).toMatchObject({ ok: true });
    const { paymentId, payUrl } = started.value as { paymentId: string; payUrl: string };
    const authority = payUrl.split('/').at(-1) ?? '';
    await shop().server.pay(authority);
    await browser.get(`/api/payments/zarinpal/callback?Authority=${authority}&Status=OK`);
    expect(await stored(shop(), paymentId)).toMatchObject({ status: 'completed', periods: 1 });
  });
  return took;
}

const inOne48 = () => `2001:db8:66:${randomInt(69).toString(16)}::${randomInt(60_000).toString(16)}`;
const anywhere = () => `${randomInt(11, 190)}.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
const somewhere = () => (randomInt(3) === 0 ? anywhere() : inOne48());

type Attack = (phone: string) => Promise<unknown>;

/** Somebody with an account and no good intentions. */
async function attacker(): Promise<{ cookie: string }> {
  const { userId } = await newUser();
  return { cookie: await cookieOf('user', userId) };
}

const attacks: Record<string, () => Promise<Attack>> = {
  '57 forms without end': async () => async () =>
    person(somewhere).act('signUpUser', '/en/signup', { phone: newPhone(), password }),
  '58 forgotten passwords of numbers nobody has': async () => async () =>
    person(somewhere).act('forgotUserPassword', '/en/forgot-password', { phone: newPhone() }),
  '59 wrong passwords for the same number': async () => async (phone) =>
    person(somewhere).act('signInUser', '/en/login', { phone, password: `wrong ${randomInt(1e9)}` }),
  '60 guesses at codes, and codes asked for the same number': async () => async (phone) => {
    const one = person(inOne48);
    await one.act('forgotUserPassword', '/en/forgot-password', { phone });
    for (let turn = 0; turn < 3; turn += 1) await one.act('verifyUser', '/en/verify', { code: '123456' });
  },
  '62 uploads with one byte missing, and streams': async () => {
    const { cookie } = await attacker();
    const bytes = await noise(900, 900);
    return async () => {
      const browser = browserAt(web.url, cookie);
      const cut = browser.upload(bytes.subarray(0, randomInt(1000, bytes.length))).catch(() => undefined);
      const stream = browser.get(`/api/conversions/${randomUUID()}/events`).then((answer) => answer.text());
      return Promise.all([cut, stream]);
    };
  },
  '65 texts and numbers that fit nowhere': async () => {
    const { cookie } = await attacker();
    const odd = ['\u0000', '\ud800', '99999999999999999999', '2026-02-31'];
    const paths = ['explore?page=', 'conversions?after=', 'styles?q=', 'billing/payments/', 'g/', 's/', 'a/'];
    return async () => {
      const text = odd[randomInt(odd.length)] ?? '';
      const path = `/en/${paths[randomInt(paths.length)]}${encodeURIComponent(text.toWellFormed())}`;
      const answer = await browserAt(web.url, cookie).get(path);
      await answer.text();
      expect(answer.status, path).toBeLessThan(500);
      const said = await person(somewhere).act('signUpUser', '/en/signup', { phone: text, password: text });
      expect(said.code).not.toBe('internal');
    };
  },
};

test.each(Object.keys(attacks))(
  '%s: somebody elsewhere signs up, signs in, sends, converts and pays',
  async (name) => {
    const attack = await attacks[name]?.();
    const phone = newPhone();
    const end = { isOver: false };
    let sent = 0;
    const troubles: unknown[] = [];
    const loops = Array.from({ length: 6 }, async () => {
      while (!end.isOver) {
        await attack?.(phone).catch((error: unknown) => troubles.push(error));
        sent += 1;
      }
    });
    const took = await journey(phone).finally(() => {
      end.isOver = true;
    });
    await Promise.all(loops);
    if (process.env.FAULT_FIGURES)
      process.stderr.write(`${JSON.stringify({ name, sent, took, troubles: troubles.length })}\n`);
    expect(troubles.map(String)).toEqual([]);
    expect(sent).toBeGreaterThan(5);
  },
  180_000,
);
