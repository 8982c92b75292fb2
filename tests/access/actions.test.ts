import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdminRole } from '#lib/auth/admin/policy.ts';
import { type Action, perform } from '#lib/core/action.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';
import { asBrowser } from '#tests/support/request-scope.ts';
import { type AccountPlace, accountActions, accountPlace } from './account-actions.ts';
import { halfAdmins, helpers, notAdmins, notUsers, notVendors, peopleOf, type World } from './actors.ts';
import { type AdminEntry, type AdminPlace, adminActions, adminPlace } from './admin-actions.ts';
import { type AlbumLinkPlace, albumLinkActions, albumLinkPlace } from './album-link-actions.ts';
import { albumPlace, type GalleryPlace, galleryActions } from './gallery-actions.ts';
import { type PaymentPlace, paymentActions, paymentPlace } from './payment-actions.ts';
import { type SharingPlace, sharingActions, sharingPlace } from './sharing-actions.ts';

type Place = World &
  AdminPlace &
  AccountPlace &
  PaymentPlace &
  SharingPlace &
  AlbumLinkPlace &
  GalleryPlace & { imageId: string; conversionId: string };

/** What a door is, and what its rightful owner would send it. */
type Entry =
  | { for: 'anybody' }
  | AdminEntry
  | { for: 'user' | 'vendor'; input: (place: Place) => unknown; owned: boolean; opens?: string };

const anybody: Entry = { for: 'anybody' };

/** Stands where a developer's own program would; nothing of these tests may talk to it. */
let strays = 0;
const bystander = createServer((_request, response) => {
  strays += 1;
  response.end('{}');
});
beforeAll(async () => {
  // Where one does stand there, it does the same.
  await new Promise<void>((resolve) => {
    bystander.once('error', () => resolve());
    bystander.listen(3000, '127.0.0.1', resolve);
  });
});
afterAll(() => {
  bystander.close();
  expect(strays).toBe(0);
});

/** Every server action there is. An action that is missing here fails the first test. */
const actions: Record<string, Entry> = {
  ...accountActions,
  ...paymentActions,
  ...galleryActions,
  ...sharingActions,
  ...albumLinkActions,
  ...adminActions,
  'auth.signUpUser': anybody,
  'auth.verifyUser': anybody,
  'auth.resendUserSignUpCode': anybody,
  'auth.extendCodes': anybody,
  'auth.signInUser': anybody,
  'auth.askUserDeviceCode': anybody,
  'auth.resendUserDeviceCode': anybody,
  'auth.signInUserWithCode': anybody,
  'auth.forgotUserPassword': anybody,
  'auth.resendUserResetCode': anybody,
  'auth.resetUserPassword': anybody,
  'auth.signOutUser': anybody,
  'auth.signUpVendor': anybody,
  'auth.verifyVendor': anybody,
  'auth.resendVendorSignUpCode': anybody,
  'auth.signInVendor': anybody,
  'auth.askVendorDeviceCode': anybody,
  'auth.resendVendorDeviceCode': anybody,
  'auth.signInVendorWithCode': anybody,
  'auth.forgotVendorPassword': anybody,
  'auth.resendVendorResetCode': anybody,
  'auth.resetVendorPassword': anybody,
  'auth.signOutVendor': anybody,
  'gallery.reportImage': anybody,
  'gallery.reportVendor': anybody,
  // For administrators who signed in within the hour: to other users there is no such thing.
  'auth.beginFactor': { for: 'user', input: () => ({}), owned: false, opens: 'notFound' },
  'auth.confirmFactor': { for: 'user', input: () => ({ code: '123456' }), owned: false, opens: 'notFound' },
  'auth.proveFactor': { for: 'user', input: () => ({ code: '123456' }), owned: false, opens: 'notFound' },
  'files.listMorePhotos': { for: 'user', input: () => ({ after: '' }), owned: false },
  'files.findKeptPhoto': { for: 'user', input: () => ({ sha256: 'a'.repeat(64) }), owned: false },
  'files.setPhotoLife': {
    for: 'user',
    input: ({ imageId }) => ({ id: imageId, life: 'month' }),
    owned: true,
  },
  'conversions.requestConversions': {
    for: 'user',
    input: ({ imageId }) => ({ imageIds: [imageId], style: 'duotone' }),
    owned: true,
  },
  'conversions.setFavourite': {
    for: 'user',
    input: ({ conversionId }) => ({ id: conversionId, isFavourite: true }),
    owned: true,
  },
  'conversions.renameConversion': {
    for: 'user',
    input: ({ conversionId }) => ({ id: conversionId, title: 'Summer' }),
    owned: true,
  },
  'conversions.cancelConversion': {
    for: 'user',
    input: ({ conversionId }) => ({ id: conversionId }),
    owned: true,
  },
  'conversions.retryConversion': {
    for: 'user',
    input: ({ conversionId }) => ({ id: conversionId }),
    owned: true,
  },
  'conversions.deleteConversion': {
    for: 'user',
    input: ({ conversionId }) => ({ id: conversionId }),
    owned: true,
  },
  // Last: nothing is left to act on.
  'files.deletePhoto': { for: 'user', input: ({ imageId }) => ({ id: imageId }), owned: true },
};

const files = sourceFiles('lib').filter(({ text }) => /^\s*'use server'/m.test(text));
const found = files.flatMap(({ path, text }) =>
  [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => ({
    key: `${path.split('/')[1]}.${name}`,
    path,
  })),
);

async function call(key: string, input: unknown) {
  const path = found.find((one) => one.key === key)?.path;
  const module: Record<string, Action<unknown>> = await import(/* @vite-ignore */ `/${path}`);
  const action = module[key.split('.')[1] ?? ''];
  if (!action) throw new Error(`no action ${key}`);
  return perform(action, input);
}

const database = useIdentity(1000);
let place: Place;

beforeAll(async () => {
  const world = await peopleOf(database());
  const { addGalleryImage, addPhoto } = await import('#lib/files/upload/add-image.ts');
  const { requestConversion } = await import('#lib/conversions/request-conversions.ts');
  const source = await quarters(80, 60).jpeg().toBuffer();
  const photo = await addPhoto({ userId: world.userId, fileName: 'me.jpg', source });
  if (!photo.ok) throw new Error(photo.detail);
  const actor = { kind: 'user', userId: world.userId, sessionId: '' } as const;
  const conversion = await requestConversion(actor, { imageId: photo.value.id, style: 'duotone' });
  if (!conversion.ok) throw new Error(conversion.detail);
  const look = await addGalleryImage({ vendorId: world.vendorId, fileName: 'look.jpg', source });
  if (!look.ok) throw new Error(look.detail);
  place = {
    ...world,
    ...(await accountPlace(database(), world)),
    ...(await paymentPlace(database(), world)),
    ...(await adminPlace(database(), world)),
    ...(await albumLinkPlace(database(), world.vendorId)),
    ...(await sharingPlace(database(), { ...world, imageId: photo.value.id })),
    ...(await albumPlace(database(), world)),
    imageId: photo.value.id,
    galleryImageId: look.value.id,
    conversionId: conversion.value.id,
  };
});

it('every server action stands in the table', () => {
  expect(found.map(({ key }) => key).sort()).toEqual(Object.keys(actions).sort());
});

describe.each(Object.entries(actions))('%s', (key, entry) => {
  if (entry.for === 'anybody') {
    it('answers nonsense from anybody with a refusal, never with a fault', async () => {
      for (const cookies of [place.actors.anonymous, place.actors.forged]) {
        for (const nonsense of [{ phone: 1, password: [] }, 'text', null, { __proto__: { code: '1' } }]) {
          asBrowser(cookies);
          const answer = await call(key, nonsense);
          expect(answer.ok || answer.code).not.toBe('internal');
        }
      }
    });
    return;
  }
  if (entry.for === 'admin') {
    it.each(notAdmins)('is not there for: %s', async (actor) => {
      asBrowser(place.actors[actor]);
      expect(await call(key, entry.input(place))).toEqual({ ok: false, code: 'notFound' });
    });

    it.each(halfAdmins)('is closed to: %s', async (actor, code) => {
      asBrowser(place.actors[actor]);
      expect(await call(key, entry.input(place))).toEqual({ ok: false, code });
    });

    // Without a reason nothing is done: an administrator who may act is told that it is missing.
    it.each(Object.entries(helpers))('knows whether it is for the role %s', async (role, actor) => {
      asBrowser(place.actors[actor]);
      const { reason: _unsaid, ...rest } = entry.input(place) as { reason: string };
      const code = entry.roles.includes(role as AdminRole) ? 'input.invalid' : 'auth.roleMissing';
      expect(await call(key, rest)).toMatchObject({ ok: false, code });
    });

    it('is closed to an administrator who does not say why', async () => {
      asBrowser(place.actors.admin);
      const { reason: _unsaid, ...rest } = entry.input(place) as { reason: string };
      expect(await call(key, rest)).toMatchObject({
        code: 'input.invalid',
        fields: { reason: expect.any(String) },
      });
    });

    it('opens to an administrator, and writes down why', async () => {
      asBrowser(place.actors.admin);
      const told = () =>
        database().query(
          `SELECT 1 FROM audit_logs WHERE actor_type = 'admin' AND user_id = $1 AND metadata->>'reason' = 'asked for by phone'`,
          [place.adminId],
        );
      const before = (await told()).length;
      const answer = await call(key, entry.input(place));
      expect(answer).toMatchObject(entry.opens ? { ok: false, code: entry.opens } : { ok: true });
      if (!entry.opens) expect((await told()).length).toBeGreaterThan(before);
    });
    return;
  }
  const wrong = entry.for === 'user' ? notUsers : notVendors;

  it.each(wrong)('is closed to: %s', async (actor) => {
    asBrowser(place.actors[actor]);
    expect(await call(key, entry.input(place))).toEqual({ ok: false, code: 'auth.required' });
  });

  if (entry.owned) {
    it('does not find what belongs to somebody else, and writes the reach down', async () => {
      asBrowser(entry.for === 'user' ? place.actors.otherUser : place.actors.otherVendor);
      const sent = entry.input(place);
      expect(await call(key, sent)).toEqual({ ok: false, code: 'notFound' });
      // A table that is missing from `findForeign` in lib/audit/store.ts fails here.
      const reached = await database().query<{ id: string }>(
        `SELECT resource_id AS id FROM audit_logs
          WHERE action = 'access.refuse' AND coalesce(user_id, vendor_id) <> ALL ($1::uuid[])`,
        [[place.userId, place.vendorId]],
      );
      expect(reached.some(({ id }) => JSON.stringify(sent).includes(id))).toBe(true);
    });
  }

  it('opens to its owner', async () => {
    asBrowser(entry.for === 'user' ? place.actors.user : place.actors.vendor);
    const answer = await call(key, entry.input(place));
    expect(answer).toMatchObject(entry.opens ? { ok: false, code: entry.opens } : { ok: true });
  });
});
