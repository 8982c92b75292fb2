import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AdminRole } from '#lib/auth/admin/policy.ts';
import { actOutside } from '#lib/db/walls/acting.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';
import { halfAdmins, helpers, notAdmins, notUsers, notVendors, peopleOf, type World } from './actors.ts';
import { type AlbumLinkPlace, albumLinkPlace } from './album-link-actions.ts';
import { type PaymentPlace, paymentPlace } from './payment-actions.ts';
import { type SharingPlace, sharingPlace } from './sharing-actions.ts';

type Place = World &
  PaymentPlace &
  SharingPlace &
  AlbumLinkPlace & { conversionId: string; photoId: string; fileId: string; sentImageId: string };

/** A route that anybody may ask, with the reason; or one that only an owner may. */
type Entry =
  | { open: string }
  /** For administrators: the query it is asked with. `missing`: nothing is there for them in these tests. */
  | { admin: string; roles: readonly AdminRole[]; missing?: true }
  | {
      params: (place: Place) => Record<string, string>;
      strangers: number;
      otherUser: number;
      /** Whose it is, where it is no user's. */
      for?: 'vendor';
      /** What its owner gets, where that is no JSON. */
      type?: string;
    };

/** Every route handler there is. One that is missing here fails the first test. */
const routes: Record<string, Entry> = {
  'app/api/auth/[...nextauth]/route.ts': { open: 'signing in' },
  'app/api/vendor-auth/[...nextauth]/route.ts': { open: 'signing in' },
  'app/api/health/live/route.ts': { open: 'a probe' },
  'app/api/health/ready/route.ts': { open: 'a probe' },
  'app/api/bot/[platform]/route.ts': { open: 'by the secret that the messenger was given' },
  'app/api/metrics/route.ts': { open: 'asks for its token, or for this machine' },
  'app/api/admin/images/[id]/route.ts': { admin: '', roles: ['moderator', 'support'], missing: true },
  'app/api/admin/moderation/[id]/route.ts': { admin: '', roles: ['moderator'], missing: true },
  'app/api/admin/lists/route.ts': { admin: '?list=audit&reason=a+yearly+look', roles: [] },
  'app/api/admin/books/route.ts': { admin: '?reason=the+month&part=invoices&format=csv', roles: ['finance'] },
  'app/api/a/[token]/route.ts': { open: 'by the token of a link that is alive' },
  'app/api/albums/[token]/[imageId]/[variant]/route.ts': { open: 'by the token of a link that is alive' },
  'app/api/albums/[token]/zip/route.ts': { open: 'by the token of a link that allows it' },
  'app/[locale]/manifest.webmanifest/route.ts': { open: 'how the app looks when it is installed' },
  'app/[locale]/offline/route.ts': { open: 'says that there is no connection' },
  'app/robots.txt/route.ts': { open: 'for search engines' },
  'app/sitemap.xml/route.ts': { open: 'for search engines; public pages only' },
  'app/api/explore/route.ts': { open: 'what the public page shows' },
  'app/api/looks/route.ts': { open: 'what the public pages show' },
  'app/api/g/[handle]/route.ts': { open: 'what the public page shows' },
  'app/api/g/[handle]/[albumId]/route.ts': { open: 'what the public page shows' },
  'app/api/g/[handle]/qr/route.ts': { open: 'leads to what the public page shows' },
  'app/api/parts-model/route.ts': {
    open: 'a network that its operator gives to browsers, the same for everybody',
  },
  'app/api/oembed/route.ts': { open: 'what the public page shows' },
  'app/[locale]/embed/g/[handle]/route.ts': { open: 'what the public page shows' },
  'app/api/errors/route.ts': { open: 'says nothing and answers everybody alike' },
  'app/api/visits/route.ts': { open: 'says nothing and answers everybody alike' },
  'app/api/messages/route.ts': { open: 'the same for every number' },
  'app/api/uploadthing/route.ts': { open: 'asks for the session itself, or for the service’s signature' },
  'app/api/ut/[...path]/route.ts': { open: 'by signed address only' },
  'app/api/v1/[...path]/route.ts': { open: 'by token only: tests/contract/api walks every operation' },
  'app/api/v1/openapi.json/route.ts': { open: 'what the API is' },
  'app/api/dev/zarinpal/[...path]/route.ts': {
    open: 'a simulated gateway; its controls have a key of their own',
  },
  'app/api/dev/zibal/[...path]/route.ts': {
    open: 'a simulated gateway; its controls have a key of their own',
  },
  'app/api/payments/zarinpal/callback/route.ts': { open: 'the gateway sends anybody there' },
  'app/api/payments/zibal/callback/route.ts': { open: 'the gateway sends anybody there' },
  'app/api/payments/[id]/route.ts': {
    params: ({ payments }) => ({ id: payments.user }),
    strangers: 401,
    otherUser: 404,
  },
  'app/api/payments/[id]/receipt/route.ts': {
    params: ({ payments }) => ({ id: payments.user }),
    strangers: 401,
    otherUser: 404,
  },
  'app/api/conversions/[id]/route.ts': {
    params: ({ conversionId }) => ({ id: conversionId }),
    strangers: 401,
    otherUser: 404,
  },
  'app/api/conversions/[id]/events/route.ts': {
    params: ({ conversionId }) => ({ id: conversionId }),
    strangers: 401,
    otherUser: 404,
  },
  'app/api/conversions/[id]/[format]/route.ts': {
    params: ({ resultId }) => ({ id: resultId, format: 'jpeg' }),
    strangers: 401,
    otherUser: 404,
  },
  // Everybody signed in has a history, a wait and an archive of their own; no id is asked for.
  'app/api/conversions/route.ts': { params: () => ({}), strangers: 401, otherUser: 200 },
  'app/api/account/export/route.ts': { params: () => ({}), strangers: 401, otherUser: 200 },
  'app/api/conversions/wait/route.ts': { params: () => ({}), strangers: 401, otherUser: 200 },
  'app/api/picks/[linkId]/route.ts': {
    params: ({ albumLinkId }) => ({ linkId: albumLinkId }),
    strangers: 401,
    otherUser: 404,
    for: 'vendor',
    type: 'text/csv; charset=utf-8',
  },
  'app/api/originals/[imageId]/route.ts': {
    params: ({ sentImageId }) => ({ imageId: sentImageId }),
    strangers: 401,
    otherUser: 404,
    for: 'vendor',
    type: 'image/jpeg',
  },
  'app/api/received/[id]/[variant]/route.ts': {
    params: ({ leadId }) => ({ id: leadId, variant: 'w320' }),
    strangers: 401,
    otherUser: 404,
    for: 'vendor',
    type: 'image/webp',
  },
  'app/api/shares/[token]/[variant]/route.ts': { open: 'by the token of a link that is alive' },
  'app/api/photo-check/[imageId]/route.ts': {
    params: ({ photoId }) => ({ imageId: photoId }),
    strangers: 401,
    otherUser: 404,
  },
  'app/api/files/[id]/[variant]/route.ts': {
    params: ({ fileId }) => ({ id: fileId, variant: 'original' }),
    strangers: 404,
    otherUser: 404,
  },
};

const database = useIdentity(1000);
let place: Place;

async function get(
  path: string,
  params: Record<string, string>,
  cookies: Readonly<Record<string, string>>,
  { query = '', site = 'same-origin', method = 'GET', reads = false } = {},
) {
  const route = (await import(/* @vite-ignore */ `/${path}`))[method];
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const stop = new AbortController();
  const request = new Request(`http://localhost:3000/${query}`, {
    method,
    headers: { cookie, 'sec-fetch-site': site, 'content-length': '0' },
    signal: stop.signal,
  });
  const response: Response = await route(request, { params: Promise.resolve(params) });
  const body = Buffer.from(reads ? await response.arrayBuffer() : new ArrayBuffer(0));
  stop.abort();
  if (!reads) await response.body?.cancel().catch(() => undefined);
  const { status, headers } = response;
  return { status, headers, body };
}

beforeAll(async () => {
  const world = await peopleOf(database());
  const { addGalleryImage, addPhoto } = await import('#lib/files/upload/add-image.ts');
  const { requestConversion } = await import('#lib/conversions/request-conversions.ts');
  const source = await quarters(80, 60).jpeg().toBuffer();
  const photo = await addPhoto({ userId: world.userId, fileName: 'me.jpg', source });
  if (!photo.ok) throw new Error(photo.detail);
  const look = { vendorId: world.vendorId, fileName: 'look.jpg', source, keepsSent: true };
  const sent = await addGalleryImage(look);
  if (!sent.ok) throw new Error(sent.detail);
  const actor = { kind: 'user', userId: world.userId, sessionId: '' } as const;
  const conversion = await requestConversion(actor, { imageId: photo.value.id, style: 'duotone' });
  if (!conversion.ok) throw new Error(conversion.detail);
  const fileId = new URL(photo.value.url, 'http://localhost').pathname.split('/')[3] ?? '';
  place = {
    ...world,
    ...(await paymentPlace(database(), world)),
    ...(await albumLinkPlace(database(), world.vendorId)),
    ...(await sharingPlace(database(), { ...world, imageId: photo.value.id })),
    conversionId: conversion.value.id,
    photoId: photo.value.id,
    fileId,
    sentImageId: sent.value.id,
  };
  // A receipt is given for what was paid.
  await database().query("SELECT activate_payment($1, '201', '502229******5995')", [place.payments.user]);
});

it('every route handler stands in the table', () => {
  const found = sourceFiles('app')
    .map(({ path }) => path)
    .filter((path) => path.endsWith('/route.ts'));
  expect(found.sort()).toEqual(Object.keys(routes).sort());
});

const closed = Object.entries(routes).flatMap(([path, entry]) =>
  'open' in entry || 'admin' in entry ? [] : [{ path, ...entry }],
);

const administration = Object.entries(routes).flatMap(([path, entry]) =>
  'admin' in entry
    ? [{ path, query: entry.admin, roles: entry.roles, status: entry.missing ? 404 : 200 }]
    : [],
);

describe.each(administration)('$path', ({ path, query, status, roles }) => {
  it.each(notAdmins)('is not there for: %s', async (actor) => {
    expect((await get(path, {}, place.actors[actor], { query })).status).toBe(404);
  });

  it.each(Object.entries(helpers))('knows whether it is for the role %s', async (role, actor) => {
    const may = roles.includes(role as AdminRole);
    expect((await get(path, {}, place.actors[actor], { query })).status).toBe(may ? status : 403);
  });

  it('opens to an administrator who signed in within the hour with a second factor, and to no other', async () => {
    for (const [actor] of halfAdmins) {
      expect((await get(path, {}, place.actors[actor], { query })).status).toBe(403);
    }
    expect((await get(path, {}, place.actors.admin, { query })).status).toBe(status);
  });
});

describe('files of administration, read on when the request is over and nobody acts', () => {
  it.each([
    ['app/api/admin/lists/route.ts', '?list=payments&reason=a+yearly+look'],
    ['app/api/admin/books/route.ts', '?part=payments&format=csv&reason=the+month'],
    ['app/api/admin/books/route.ts', '?part=payments&format=xlsx&reason=the+month'],
  ])('%s%s holds the payments behind the wall', async (path, query) => {
    // As in a web server; tests act as the program elsewhere.
    actOutside('nobody');
    onTestFinished(() => actOutside('system'));
    const { body } = await get(path, {}, place.actors.admin, { query, reads: true });
    // The sheet of a workbook lies unpacked in it.
    expect(body.toString('utf8')).toContain(place.payments.user);
  });
});

describe('a route of administration, where nobody acts but who asks', () => {
  it('shows a picture of a gallery that is nobody else’s to see', async () => {
    actOutside('nobody');
    onTestFinished(() => actOutside('system'));
    const path = 'app/api/admin/images/[id]/route.ts';
    const picture = await get(path, { id: place.sentImageId }, place.actors.admin, { reads: true });
    expect(picture.status).toBe(200);
    expect(picture.body.subarray(8, 12).toString('latin1')).toBe('WEBP');
    const strangers = await get(path, { id: place.photoId }, place.actors.admin);
    expect(strangers.status).toBe(404);
  });
});

describe.each(closed)('$path', ({ path, ...entry }) => {
  const isVendors = entry.for === 'vendor';

  it.each(isVendors ? notVendors : notUsers)('is closed to: %s', async (actor) => {
    expect((await get(path, entry.params(place), place.actors[actor])).status).toBe(entry.strangers);
  });

  it('shows nothing of somebody else’s, and writes the reach down', async () => {
    const params = entry.params(place);
    const other = isVendors ? place.actors.otherVendor : place.actors.otherUser;
    expect((await get(path, params, other)).status).toBe(entry.otherUser);
    if (entry.otherUser !== 404) return;
    const reached = await database().query<{ id: string }>(
      `SELECT resource_id AS id FROM audit_logs
        WHERE action = 'access.refuse' AND coalesce(user_id, vendor_id) <> ALL ($1::uuid[])`,
      [[place.userId, place.vendorId]],
    );
    expect(reached.some(({ id }) => Object.values(params).includes(id))).toBe(true);
  });

  it('opens to its owner', async () => {
    const owner = isVendors ? place.actors.vendor : place.actors.user;
    const { status, headers } = await get(path, entry.params(place), owner);
    expect(status).toBe(200);
    if (entry.type) expect(headers.get('content-type')).toBe(entry.type);
  });
});

describe('a page of another site', () => {
  const personal = [
    ...closed
      .filter(({ strangers }) => strangers === 401)
      .map(({ path, for: whose = 'user' as const }) => ({ path, actor: whose })),
    ...administration.map(({ path }) => ({ path, actor: 'admin' as const })),
    { path: 'app/api/albums/[token]/zip/route.ts', actor: 'user' as const },
  ];
  it.each(personal)('is refused in the name of the signed-in account: $path', async ({ path, actor }) => {
    const entry = closed.find((one) => one.path === path);
    for (const site of ['cross-site', 'same-site']) {
      const query = '?reason=a+yearly+look';
      const answer = await get(path, entry?.params(place) ?? {}, place.actors[actor], { query, site });
      expect([site, answer.status]).toEqual([site, 403]);
    }
  });
});

describe('an address that none of our pages made', () => {
  const values = [
    '\0',
    'x',
    "'",
    '../..',
    '9'.repeat(40),
    'ü'.repeat(3000),
    '00000000-0000-0000-0000-00000000000g',
  ];
  const queries = ['?cursor=%00', `?cursor=${'x'.repeat(5000)}`, '?q=%00&reason=%00%00%00&as=%00'];
  const partsOf = (path: string) => [...path.matchAll(/\[(\.\.\.)?(\w+)\]/g)];

  it.each(Object.keys(routes))('is answered without a fault: %s', async (path) => {
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];
    const module = await import(/* @vite-ignore */ `/${path}`);
    for (const method of methods.filter((name) => name in module)) {
      for (const actor of ['user', 'vendor', 'admin'] as const) {
        const ask = (value: string, query: string) =>
          get(
            path,
            Object.fromEntries(
              partsOf(path).map(([, all, name]) => [name ?? '', (all ? [value] : value) as string]),
            ),
            place.actors[actor],
            { query, method },
          );
        const given = [
          ...values.map((value) => [value, ''] as const),
          ...queries.map((q) => ['x', q] as const),
        ];
        for (const [value, query] of given) {
          const { status } = await ask(value, query);
          expect([method, value.slice(0, 40), query.slice(0, 20), status < 500]).toEqual([
            method,
            value.slice(0, 40),
            query.slice(0, 20),
            true,
          ]);
        }
      }
    }
  });
});
