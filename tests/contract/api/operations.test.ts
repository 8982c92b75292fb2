import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDocument } from '#lib/api/document.ts';
import { operations } from '#lib/api/operations/table.ts';
import type { Operation } from '#lib/auth/door/token-route.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import { scopesOf } from '#lib/auth/token/kinds.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { fail } from '#lib/core/result.ts';
import { publishImage, trashImage } from '#lib/files/image/publish-image.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { createAlbum } from '#lib/gallery/album/change-album.ts';
import { fillAlbum } from '#lib/gallery/album/place-images.ts';
import { saveOffer } from '#lib/gallery/offer/save-offer.ts';
import { must, painting, scriptedEngine } from '#tests/support/conversions.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';
import { ask, newToken } from './client.ts';

/**
 * Every operation of the document, asked by its owner and by everybody who must not: nobody, a cookie, a token that was
 * revoked, forged or of a suspended account, of another kind, without the permission, and of somebody else.
 */
const database = useIdentity(1000);

type Place = Awaited<ReturnType<typeof makePlace>>;
type Entry = {
  /** The parts of the path. */
  readonly parts?: (place: Place) => Promise<Record<string, string>> | Record<string, string>;
  readonly body?: (place: Place) => unknown;
  readonly query?: string;
};

const picture = () => quarters(90, 60).jpeg().toBuffer();

async function account(kind: 'user' | 'vendor') {
  const person = await signUpAndVerify(database(), kind);
  const { accountId, claims } = person;
  const sessionId = claims.sid;
  const actor =
    kind === 'user'
      ? ({ kind: 'user', userId: accountId, sessionId } as const)
      : ({ kind: 'vendor', vendorId: accountId, sessionId } as const);
  return { actor, accountId, claims, ...(await newToken(actor)) };
}

async function makePlace() {
  const [user, otherUser, vendor, otherVendor] = [
    await account('user'),
    await account('user'),
    await account('vendor'),
    await account('vendor'),
  ];
  await ownerDb().vendor.update({ where: { id: vendor.accountId }, data: { isVerified: true } });
  for (const { accountId } of [user, otherUser]) {
    await database().query(
      "INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES ($1, 'conversions', 20, 'a test')",
      [accountId],
    );
  }
  const userActor = { kind: 'user', userId: user.accountId, sessionId: '' } as const;
  const vendorActor = { kind: 'vendor', vendorId: vendor.accountId, sessionId: '' } as const;
  const photo = async () =>
    must(await addPhoto({ userId: user.accountId, fileName: 'me.jpg', source: await picture() })).id;
  const image = async () =>
    must(await addGalleryImage({ vendorId: vendor.accountId, fileName: 'look.jpg', source: await picture() }))
      .id;
  const photoId = await photo();
  const conversion = async (end: 'waits' | 'completed' | 'failed') => {
    const { id } = must(await requestConversion(userActor, { imageId: photoId, style: 'noir' }));
    if (end === 'waits') return id;
    const engine =
      end === 'completed' ? painting : scriptedEngine(async () => fail('conversion.engine', 'broken'));
    await runConversion(id, { engine, signal: new AbortController().signal, isLastTry: true });
    return id;
  };
  const imageId = await image();
  must(await publishImage(vendorActor, imageId));
  const album = async () => {
    const { id } = must(await createAlbum(vendorActor, { title: 'Album' }));
    must(await fillAlbum(vendorActor, { id, imageIds: [imageId] }));
    return id;
  };
  return {
    user,
    otherUser,
    vendor,
    otherVendor,
    photoId,
    imageId,
    photo,
    image,
    conversion,
    album,
    kit: async () => {
      const id = await album();
      await ownerDb().album.update({ where: { id }, data: { isPublic: true, isStyleKit: true } });
      return id;
    },
    resultId: await conversion('completed'),
    albumId: await album(),
    offered: async () => {
      const id = await image();
      must(
        await saveOffer(vendorActor, {
          id,
          priceRials: 10,
          variants: [],
          inStock: true,
          link: null,
          booking: null,
          contact: null,
        }),
      );
      return id;
    },
    trashed: async () => {
      const id = await image();
      must(await trashImage(vendorActor, id));
      return id;
    },
  };
}

const thePhoto = { parts: ({ photoId }: Place) => ({ id: photoId }) };
const theResult = { parts: ({ resultId }: Place) => ({ id: resultId }) };
const theImage = { parts: ({ imageId }: Place) => ({ id: imageId }) };
const theAlbum = { parts: ({ albumId }: Place) => ({ id: albumId }) };
const form = async () => {
  const sent = new FormData();
  sent.set('file', new File([new Uint8Array(await picture())], 'sent.jpg', { type: 'image/jpeg' }));
  return sent;
};

const entries: Readonly<Record<Operation['id'], Entry>> = {
  getAccount: {},
  listStyles: {},
  listLooks: { query: '?sort=tried&kind=light' },
  getLook: { parts: ({ imageId }) => ({ id: imageId }) },
  listStyleKits: {},
  getStyleKit: {
    parts: async ({ kit }) => ({ id: await kit() }),
  },
  getBrand: {},
  setBrand: { body: () => ({ colour: '#AA3355' }) },
  listPhotos: {},
  addPhoto: { body: form },
  getPhoto: thePhoto,
  getPhotoContent: { ...thePhoto, query: '?size=w320' },
  checkPhoto: thePhoto,
  setPhotoLife: { ...thePhoto, body: () => ({ life: 'month' }) },
  deletePhoto: { parts: async ({ photo }) => ({ id: await photo() }) },
  listConversions: { query: '?show=failed' },
  requestConversions: { body: ({ photoId }) => ({ imageIds: [photoId], style: 'oil' }) },
  getConversion: { ...theResult, query: '?wait=1' },
  renameConversion: { ...theResult, body: () => ({ title: 'Mine' }) },
  setFavourite: { ...theResult, body: () => ({ isFavourite: true }) },
  watchConversion: theResult,
  getResult: { ...theResult, query: '?size=png' },
  cancelConversion: { parts: async ({ conversion }) => ({ id: await conversion('waits') }) },
  retryConversion: { parts: async ({ conversion }) => ({ id: await conversion('failed') }) },
  deleteConversion: { parts: async ({ conversion }) => ({ id: await conversion('failed') }) },
  listPictures: { query: '?show=public' },
  addPicture: { body: form },
  getPicture: theImage,
  getPictureContent: { ...theImage, query: '?size=original' },
  editPicture: { ...theImage, body: () => ({ title: 'Silk', altText: 'A blue scarf', tags: ['blue'] }) },
  setPictureLook: { ...theImage, body: () => ({ kind: 'fabric', settings: { repeatCm: 20 } }) },
  saveOffer: {
    ...theImage,
    body: () => ({ price: '1,250,000', variants: 'S, M', inStock: true, link: '', booking: '', contact: '' }),
  },
  removeOffer: { parts: async ({ offered }) => ({ id: await offered() }) },
  publishPicture: { parts: async ({ image }) => ({ id: await image() }) },
  unpublishPicture: theImage,
  trashPicture: { parts: async ({ image }) => ({ id: await image() }) },
  restorePicture: { parts: async ({ trashed }) => ({ id: await trashed() }) },
  getInsight: { query: '?days=7' },
  listAlbums: {},
  createAlbum: { body: () => ({ title: 'New' }) },
  getAlbum: theAlbum,
  updateAlbum: {
    ...theAlbum,
    body: () => ({ title: 'Named', description: 'x', imageOrder: 'newest', isStyleKit: true }),
  },
  publishAlbum: { ...theAlbum, body: () => ({ isPublic: true }) },
  chooseCover: { ...theAlbum, body: ({ imageId }) => ({ imageId }) },
  deleteAlbum: { parts: async ({ album }) => ({ id: await album() }) },
  listAlbumPictures: theAlbum,
  fillAlbum: { ...theAlbum, body: ({ imageId }) => ({ imageIds: [imageId] }) },
  takeFromAlbum: {
    parts: async ({ album }) => ({ id: await album() }),
    body: ({ imageId }) => ({ imageIds: [imageId] }),
  },
  orderPictures: {
    parts: async ({ album }) => ({ id: await album() }),
    body: ({ imageId }) => ({ imageIds: [imageId], before: null, version: 0 }),
  },
};

let place: Place;
beforeAll(async () => {
  place = await makePlace();
});

const listed = operations.map(({ id, method, path }) => ({ id, method, path }));

const pathOf = (path: string, parts: Record<string, string>) =>
  path.replace(/\{(\w+)\}/g, (_all, name: string) => parts[name] ?? '');

async function requestOf(one: (typeof listed)[number]) {
  const entry = entries[one.id];
  const parts = (await entry.parts?.(place)) ?? {};
  const body: unknown = await entry.body?.(place);
  return { path: pathOf(one.path, parts), query: entry.query ?? '', body, isOne: one.path.includes('{') };
}

it('the document names every operation of the table, once, and each has a case here', () => {
  const paths = makeDocument().paths as Record<string, Record<string, { operationId: string }>>;
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId: id }]) => ({
      id,
      method: method.toUpperCase(),
      path,
    })),
  );
  const byId = (all: { id: string }[]) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(documented)).toEqual(byId(listed));
  expect(Object.keys(entries).sort()).toEqual(listed.map(({ id }) => id).sort());
});

describe.each(listed)('$method $path', (one) => {
  const operation = operations.find(({ id }) => id === one.id) as Operation;
  const isForUser = operation.for.includes('user');

  it('answers its owner with what the document says', async () => {
    const { path, query, body } = await requestOf(one);
    const { token } = isForUser ? place.user : place.vendor;
    const answer = await ask(one.method, path, { token, query, body });
    expect([answer.status, answer.status < 400 ? '' : await answer.clone().text()]).toEqual([
      operation.answer.status,
      '',
    ]);
    expect(answer.headers.get('ratelimit')).toMatch(/^"[\w.]+";r=\d+;t=\d+$/);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    if ('json' in operation.answer) operation.answer.json.parse(await answer.json());
    else if ('bytes' in operation.answer) {
      expect(operation.answer.bytes).toContain(answer.headers.get('content-type'));
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
    } else if ('events' in operation.answer) {
      const [, data = ''] = /^data: (.*)$/m.exec(await answer.text()) ?? [];
      operation.answer.events.parse(JSON.parse(data));
    } else expect(await answer.text()).toBe('');
  });

  it('opens to nobody without a token of its own that may', async () => {
    const { path, query, body, isOne } = await requestOf(one);
    const told = async (token: string | undefined, headers: Record<string, string> = {}) => {
      const answer = await ask(one.method, path, { token, headers, query, body });
      const said = (await answer.json()) as { code: string; status: number; title: string; type: string };
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(said.status).toBe(answer.status);
      expect(said.title).not.toBe('');
      return [answer.status, said.code];
    };
    const shut = [401, 'auth.required'];
    const [user, vendor] = [await sealClaims(place.user.claims), await sealClaims(place.vendor.claims)];
    const cookie = `ai-stayler.user-session=${user}; ai-stayler.vendor-session=${vendor}`;
    expect(await told(undefined)).toEqual(shut);
    expect(await told(undefined, { cookie, 'sec-fetch-site': 'same-origin' })).toEqual(shut);
    const own = isForUser ? place.user : place.vendor;
    expect(await told(`${own.token.slice(0, -1)}${own.token.endsWith('A') ? 'B' : 'A'}`)).toEqual(shut);
    const revoked = await newToken(own.actor);
    await database().query('UPDATE api_tokens SET revoked_at = now() WHERE id = $1', [revoked.id]);
    expect(await told(revoked.token)).toEqual(shut);
    const ended = await newToken(own.actor);
    await database().query("UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [
      ended.id,
    ]);
    expect(await told(ended.token)).toEqual(shut);
    const table = own.actor.kind === 'user' ? 'users' : 'vendors';
    await database().query(`UPDATE ${table} SET is_active = false WHERE id = $1`, [own.accountId]);
    const suspended = await told(own.token);
    await database().query(`UPDATE ${table} SET is_active = true, is_phone_verified = false WHERE id = $1`, [
      own.accountId,
    ]);
    expect(await told(own.token), 'a number that is not proven').toEqual(shut);
    await database().query(`UPDATE ${table} SET is_phone_verified = true WHERE id = $1`, [own.accountId]);
    expect(suspended).toEqual(shut);
    if (operation.scope) {
      const others = scopesOf[own.actor.kind].filter((scope) => scope !== operation.scope);
      const weak = await newToken(own.actor, others);
      expect(await told(weak.token)).toEqual([403, 'token.scope']);
      await database().query('DELETE FROM api_tokens WHERE id = $1', [weak.id]);
    }
    if (operation.for.length === 1) {
      const wrong = isForUser ? place.vendor : place.user;
      expect(await told(wrong.token)).toEqual([403, 'token.scope']);
    }
    if (isOne && operation.scope) {
      const other = isForUser ? place.otherUser : place.otherVendor;
      expect(await told(other.token)).toEqual([404, 'notFound']);
      expect((await ask(one.method, one.path.replace('{id}', 'x'), { token: own.token, body })).status).toBe(
        404,
      );
      expect(
        (await ask(one.method, one.path.replace('{id}', randomUUID()), { token: own.token, query, body }))
          .status,
      ).toBe(404);
    }
  });
});

it('an account that has used all up is refused as on the site, and nothing is made', async () => {
  const poor = await account('user');
  const photo = async () => addPhoto({ userId: poor.accountId, fileName: 'me.jpg', source: await picture() });
  const { id } = must(await photo());
  while ((await photo()).ok);
  await database().query('UPDATE users SET free_quota_remaining = 0 WHERE id = $1', [poor.accountId]);
  const count = () =>
    database().query(
      `SELECT (SELECT count(*) FROM user_conversions WHERE user_id = $1)::int AS made,
              (SELECT count(*) FROM images WHERE user_id = $1)::int AS photos`,
      [poor.accountId],
    );
  const before = await count();
  const code = async (path: string, body: unknown) => {
    const answer = await ask('POST', path, { token: poor.token, body });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  expect(await code('/conversions', { imageIds: [id], style: 'oil' })).toEqual([402, 'quota.exceeded']);
  expect(await code('/photos', await form())).toEqual([402, 'quota.imagesExceeded']);
  expect(await count()).toEqual(before);
});

it('what is not in the table is not there, and says so', async () => {
  const { token } = place.user;
  const lost = await ask('GET', '/nothing', { token });
  expect([lost.status, ((await lost.json()) as { code: string }).code]).toEqual([404, 'notFound']);
  const method = await ask('PUT', '/styles', { token, body: {} });
  expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET']);
});

it('waits for a conversion as long as it is told, and no longer than it takes', async () => {
  const { token } = place.user;
  const id = await place.conversion('waits');
  const asked = async (seconds: number) => {
    const began = performance.now();
    const answer = await ask('GET', `/conversions/${id}`, { token, query: `?wait=${seconds}` });
    const { status } = (await answer.json()) as { status: string };
    return { status, seconds: (performance.now() - began) / 1000 };
  };
  const short = await asked(1);
  expect(short.status).toBe('pending');
  expect(short.seconds).toBeGreaterThanOrEqual(0.99);
  const long = asked(30);
  await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
  const done = await long;
  expect(done.status).toBe('completed');
  expect(done.seconds).toBeLessThan(29);
  expect((await ask('GET', `/conversions/${id}`, { token, query: '?wait=51' })).status).toBe(422);
});
