import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteAccount } from '#lib/account/delete-account.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { publishImage, unpublishImage } from '#lib/files/image/publish-image.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { deliverMessages } from '#lib/webhooks/delivery/deliver-messages.ts';
import { isOutside, type Reach } from '#lib/webhooks/delivery/outside-address.ts';
import {
  createEndpoint,
  enableEndpoint,
  pingEndpoint,
  removeEndpoint,
  repeatMessage,
  rotateSecret,
} from '#lib/webhooks/endpoint/change-endpoints.ts';
import { userWebhookInput } from '#lib/webhooks/endpoint/input.ts';
import { listEndpoints } from '#lib/webhooks/endpoint/list-endpoints.ts';
import { must, painting } from '#tests/support/conversions.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { password, signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';

const database = useIdentity(1000);

type Heard = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string };
let heard: Heard[] = [];
let status = 200;
let server: Server;
let port = 0;

/** Everything is here: what a test says of the network, and our own receiver. */
const here: Reach = { resolve: async () => ['127.0.0.1'], mayReach: (address) => address === '127.0.0.1' };
const outside: Reach = { resolve: async () => ['93.184.216.34'], mayReach: isOutside };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push({ headers: request.headers, body, path: request.url ?? '' });
      response
        .writeHead(status, status === 302 ? { location: `http://hooks.test:${port}/elsewhere` } : {})
        .end('x'.repeat(100_000));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  port = (server.address() as AddressInfo).port;
  // The receiver of these tests has no certificate.
  await database().query('ALTER TABLE webhook_endpoints DROP CONSTRAINT chk_webhook_url');
});
afterAll(() => server.close());
beforeEach(async () => {
  heard = [];
  status = 200;
  await database().query('DELETE FROM webhook_endpoints');
});

async function person(kind: 'user' | 'vendor' = 'user') {
  const { accountId, claims } = await signUpAndVerify(database(), kind);
  const sessionId = claims.sid;
  return kind === 'user'
    ? ({ kind: 'user', userId: accountId, sessionId } as const)
    : ({ kind: 'vendor', vendorId: accountId, sessionId } as const);
}

type Actor = Awaited<ReturnType<typeof person>>;

async function endpointOf(actor: Actor, events: readonly string[]) {
  const url = `http://hooks.test:${port}/told`;
  return must(await createEndpoint(actor, { url, events: events as never }, randomUUID(), here));
}

async function converted(actor: Actor & { kind: 'user' }) {
  const source = await quarters(90, 60).jpeg().toBuffer();
  const { id: imageId } = must(await addPhoto({ userId: actor.userId, fileName: 'me.jpg', source }));
  const { id } = must(await requestConversion(actor, { imageId, style: 'noir' }));
  await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
  return id;
}

const due = () => database().query('UPDATE webhook_messages SET next_at = now() WHERE next_at IS NOT NULL');
const messages = async (actor: Actor) => (await listEndpoints(actor))[0]?.messages ?? [];

/** As the format's own libraries check it. */
function isSignedBy(secret: string, { headers, body }: Heard): boolean {
  const said = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const right = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(said)
    .digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${right}`);
}

describe('a program', () => {
  it('is told of what it asked for and of nothing else, signed', async () => {
    const actor = (await person()) as Actor & { kind: 'user' };
    const { secret } = await endpointOf(actor, ['conversion.completed']);
    const id = await converted(actor);
    expect(await deliverMessages(here)).toBe(1);
    const [told] = heard as [Heard];
    expect(JSON.parse(told.body)).toMatchObject({ type: 'conversion.completed', data: { id } });
    expect(told.headers['webhook-id']).toMatch(/^msg_[0-9a-f-]{36}$/);
    expect(Math.abs(Date.now() / 1000 - Number(told.headers['webhook-timestamp']))).toBeLessThan(60);
    expect([isSignedBy(secret, told), isSignedBy('whsec_AAAA', told)]).toEqual([true, false]);
    expect(await messages(actor)).toMatchObject([
      { event: 'conversion.completed', lastStatus: 200, nextAt: null },
    ]);
    expect(await deliverMessages(here)).toBe(0);
  });

  it('of a shop is told of its pictures, results that were sent and payments', async () => {
    const actor = (await person('vendor')) as Actor & { kind: 'vendor' };
    await ownerDb().vendor.update({ where: { id: actor.vendorId }, data: { isVerified: true } });
    await endpointOf(actor, [
      'picture.published',
      'picture.unpublished',
      'lead.received',
      'payment.completed',
    ]);
    const source = await quarters(90, 60).jpeg().toBuffer();
    const { id } = must(await addGalleryImage({ vendorId: actor.vendorId, fileName: 'look.jpg', source }));
    must(await publishImage(actor, id));
    must(await unpublishImage(actor, id));
    const [payment] = await database().query<{ id: string }>(
      `INSERT INTO payments (vendor_id, plan_id, amount, callback_url, return_url)
       SELECT $1, id, price_per_month_cents, '/c', '/r' FROM payment_plans WHERE name = 'vendor_pro' RETURNING id`,
      [actor.vendorId],
    );
    await database().query("SELECT activate_payment($1, '201', '502229******5995')", [payment?.id]);
    const conversion = await converted((await person()) as Actor & { kind: 'user' });
    const [lead] = await database().query<{ id: string }>(
      `INSERT INTO leads (conversion_id, user_id, vendor_id)
       SELECT id, user_id, $2 FROM user_conversions WHERE id = $1 RETURNING id`,
      [conversion, actor.vendorId],
    );
    await deliverMessages(here);
    const told = heard.map(({ body }) => JSON.parse(body)).map(({ type, data }) => `${type} ${data.id}`);
    expect(told.sort()).toEqual(
      [
        `picture.published ${id}`,
        `picture.unpublished ${id}`,
        `payment.completed ${payment?.id}`,
        `lead.received ${lead?.id}`,
      ].sort(),
    );
  });

  it('is told by both secrets for a day after one was replaced', async () => {
    const actor = (await person()) as Actor & { kind: 'user' };
    const old = await endpointOf(actor, ['conversion.completed']);
    const { secret } = must(await rotateSecret(actor, { id: old.id }));
    expect(secret).not.toBe(old.secret);
    await converted(actor);
    await deliverMessages(here);
    const [both] = heard as [Heard];
    expect([isSignedBy(secret, both), isSignedBy(old.secret, both)]).toEqual([true, true]);
    await database().query("UPDATE webhook_endpoints SET rotated_at = now() - interval '25 hours'");
    await database().query('UPDATE webhook_messages SET next_at = now(), delivered_at = NULL');
    await deliverMessages(here);
    const later = heard.at(-1) as Heard;
    expect([isSignedBy(secret, later), isSignedBy(old.secret, later)]).toEqual([true, false]);
  });

  it.each([
    ['fails', 500],
    ['sends us elsewhere', 302],
  ])('that %s is asked again for a day, and given up; its owner may repeat it', async (_what, answer) => {
    const actor = (await person()) as Actor & { kind: 'user' };
    await endpointOf(actor, ['conversion.completed']);
    await converted(actor);
    status = answer;
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(await deliverMessages(here)).toBe(1);
      const [row] = await database().query<{ pause: number | null; attempts: number }>(
        'SELECT round(extract(epoch FROM next_at - clock_timestamp()))::int AS pause, attempts FROM webhook_messages',
      );
      expect(row?.attempts).toBe(attempt);
      if (row?.pause) pauses.push(row.pause);
      await due();
    }
    expect(await deliverMessages(here)).toBe(0);
    const total = pauses.reduce((sum, one) => sum + one, 0);
    expect([pauses.length, Math.abs(total - 86_400) < 900]).toEqual([7, true]);
    expect(heard.every(({ path }) => path === '/told')).toBe(true);
    const [given] = await messages(actor);
    expect(given).toMatchObject({ lastStatus: answer, nextAt: null, deliveredAt: null });
    const other = await person();
    const id = given?.id ?? '';
    expect(await repeatMessage(other, { id })).toMatchObject({ ok: false, code: 'notFound' });
    status = 204;
    must(await repeatMessage(actor, { id }));
    expect(await repeatMessage(actor, { id })).toMatchObject({ ok: false, code: 'notFound' });
    await deliverMessages(here);
    expect((await messages(actor))[0]?.deliveredAt).toBeInstanceOf(Date);
    expect(heard.at(-1)?.headers['webhook-id']).toBe(heard[0]?.headers['webhook-id']);
  });

  it('is not asked where its name leads inside by now', async () => {
    const actor = (await person()) as Actor & { kind: 'user' };
    const url = `http://hooks.test:${port}/told`;
    must(await createEndpoint(actor, { url, events: ['conversion.completed'] }, randomUUID(), outside));
    await converted(actor);
    await deliverMessages({ ...outside, resolve: async () => ['127.0.0.1'] });
    expect(heard).toEqual([]);
    expect((await messages(actor))[0]).toMatchObject({ lastStatus: null, lastError: 'address' });
  });

  it('is told of nothing more when its owner says so, and when the account goes', async () => {
    const actor = (await person()) as Actor & { kind: 'user' };
    const { id } = await endpointOf(actor, ['conversion.completed']);
    expect(await removeEndpoint(await person(), { id })).toMatchObject({ ok: false, code: 'notFound' });
    must(await removeEndpoint(actor, { id }));
    await endpointOf(actor, ['conversion.completed', 'conversion.failed']);
    must(await deleteAccount(actor, { password }));
    expect(await database().query('SELECT 1 FROM webhook_endpoints')).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    '2002:7f00:1::',
    '2001:0:1::1',
    '2001:db8::1',
    'ff02::1',
    'not an address',
  ])('%s leads inside', (address) => {
    expect(isOutside(address)).toBe(false);
  });

  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    '%s does not',
    (address) => {
      expect(isOutside(address)).toBe(true);
    },
  );

  it('is https, names nobody, and is refused when one of its addresses leads inside or it has none', async () => {
    const events = ['payment.completed'];
    for (const url of [
      'http://shop.example/',
      'https://a:b@shop.example/',
      'ftp://shop.example',
      'x',
      `https://${'a'.repeat(500)}.example`,
    ]) {
      expect([url, userWebhookInput.safeParse({ url, events }).success]).toEqual([url, false]);
    }
    const actor = await person();
    const make = (url: string, resolve: Reach['resolve']) =>
      createEndpoint(actor, { url, events: ['payment.completed'] }, randomUUID(), { ...outside, resolve });
    const mixed = await make('https://shop.example/', async () => ['93.184.216.34', '10.0.0.1']);
    expect(mixed).toMatchObject({ ok: false, fields: { url: 'webhooks.field.inside' } });
    const none = async () => {
      throw new Error('ENOTFOUND');
    };
    expect((await make('https://shop.example/', none)).ok).toBe(false);
    for (const url of ['https://[::1]/', 'https://127.1/', 'https://2130706433/', 'https://0x7f.1/']) {
      expect([url, (await make(url, async () => ['93.184.216.34'])).ok]).toEqual([url, false]);
    }
    for (let n = 0; n < 5; n += 1) must(await make('https://shop.example/', async () => ['93.184.216.34']));
    const many = await make('https://shop.example/', async () => ['93.184.216.34']);
    expect(many).toMatchObject({ ok: false, code: 'webhook.tooMany' });
  });
});

describe('an address that takes nothing', () => {
  const due = "UPDATE webhook_messages SET next_at = now() - interval '1 second' WHERE next_at IS NOT NULL";

  it('is sent a test message by its owner alone, signed as every other', async () => {
    const [actor, other] = [await person(), await person()];
    const { id } = await endpointOf(actor, ['payment.completed']);
    const wish = randomUUID();
    expect(await pingEndpoint(other, { id }, randomUUID())).toMatchObject({ ok: false, code: 'notFound' });
    must(await pingEndpoint(actor, { id }, wish));
    must(await pingEndpoint(actor, { id }, wish));
    await deliverMessages(here);
    expect(heard).toHaveLength(1);
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({ type: 'ping', data: { id } });
    expect(heard[0]?.headers['webhook-signature']).toMatch(/^v1,/);
    expect((await listEndpoints(actor))[0]?.messages).toMatchObject([{ event: 'ping', lastStatus: 200 }]);
  });

  it('is switched off after five days, with a notice to its owner; one that took something in between is not', async () => {
    const actor = await person();
    const { id } = await endpointOf(actor, ['conversion.completed']);
    const failing = async () => (await listEndpoints(actor))[0]?.failingSince ?? null;
    const fails = async () => {
      status = 500;
      must(await pingEndpoint(actor, { id }, randomUUID()));
      await deliverMessages(here);
    };
    const back = (days: number) =>
      database().query(
        'UPDATE webhook_endpoints SET failing_since = failing_since - make_interval(days => $1)',
        [days],
      );
    await fails();
    expect(await failing()).not.toBeNull();
    await back(4);
    await database().query(due);
    status = 200;
    await deliverMessages(here);
    expect(await failing()).toBeNull();

    await fails();
    await back(6);
    await fails();
    const [off] = await listEndpoints(actor);
    expect(off?.disabledAt).not.toBeNull();
    expect(off?.messages.every(({ nextAt }) => nextAt === null)).toBe(true);
    const userId = actor.kind === 'user' ? actor.userId : '';
    const notices = await database().query(
      "SELECT data FROM notifications WHERE user_id = $1 AND kind = 'webhook.off'",
      [userId],
    );
    expect(notices).toEqual([{ data: { host: `hooks.test:${port}` } }]);

    // Told of nothing, sent nothing, and nothing repeated.
    await converted(actor as Actor & { kind: 'user' });
    expect((await listEndpoints(actor))[0]?.messages).toHaveLength(off?.messages.length ?? 0);
    expect(await pingEndpoint(actor, { id }, randomUUID())).toMatchObject({ code: 'notFound' });
    expect(await repeatMessage(actor, { id: off?.messages[0]?.id ?? '' })).toMatchObject({
      code: 'notFound',
    });
    must(await enableEndpoint(actor, { id }));
    status = 200;
    heard = [];
    must(await pingEndpoint(actor, { id }, randomUUID()));
    await deliverMessages(here);
    expect(heard).toHaveLength(1);
    expect((await listEndpoints(actor))[0]).toMatchObject({ disabledAt: null, failingSince: null });
  });
});
