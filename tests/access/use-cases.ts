import { sealClaims } from '#lib/auth/session/session-token.ts';
import { type Action, perform } from '#lib/core/action.ts';
import { system } from '#lib/core/actor.ts';
import { newRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';
import { must, painting, scriptedEngine } from '#tests/support/conversions.ts';
import { newestCode, newPhone, password, signUpAndVerify } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';
import { asBrowser } from '#tests/support/request-scope.ts';
import { askToUpload, put } from '#tests/support/upload-client.ts';
import { type AccountPlace, accountActions, accountPlace } from './account-actions.ts';
import { type ActorName, peopleOf, type World } from './actors.ts';
import { type AdminPlace, adminActions, adminPlace } from './admin-actions.ts';
import { type AlbumLinkPlace, albumLinkActions, albumLinkPlace } from './album-link-actions.ts';
import { albumPlace, type GalleryPlace, galleryActions } from './gallery-actions.ts';
import type { Ready } from './made-ready.ts';
import { type PaymentPlace, paymentActions, paymentPlace } from './payment-actions.ts';
import { type SharingPlace, sharingActions, sharingPlace } from './sharing-actions.ts';

/** Every use case with a transaction, as its rightful owner begins it: by its door where it has one. */
export type UseCase = {
  readonly run: (place: Place) => Promise<unknown>;
  /** One of a few, each of a kind of its own, that are tried with every `npm test`. */
  readonly isSample?: boolean;
  /** Of what a form or a button of a page asks for: the very same once more, as when no answer came. */
  readonly ask?: (place: Place, ready?: Ready) => Ask;
};

/** Asks for the same; by another `asking`, as when something else was asked for in between. */
type Ask = (asking?: string) => Promise<unknown>;

type Person = Awaited<ReturnType<typeof signUpAndVerify>>;
type Asked = { readonly cookies: Record<string, string>; readonly code: string; readonly phone: string };

export type Place = World &
  AdminPlace &
  AccountPlace &
  PaymentPlace &
  SharingPlace &
  AlbumLinkPlace &
  GalleryPlace & {
    readonly imageId: string;
    readonly conversionId: string;
    readonly source: Buffer;
    readonly person: Person;
    readonly signingUp: Asked;
    readonly signingIn: Asked;
    readonly resetting: Asked;
  };

type Door = {
  readonly for: 'user' | 'vendor' | 'admin' | 'anybody';
  readonly input?: (place: Place) => unknown;
};

const paths: ReadonlyMap<string, string> = new Map<string, string>(
  sourceFiles('lib')
    .filter(({ text }) => /^\s*'use server'/m.test(text))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^export const (\w+)/gm)].map(
        ([, name]) => [`${path.split('/')[1]}.${name}`, path] as const,
      ),
    ),
);

/** Has somebody do something first; answers with what their browser was left with. */
export async function act(place: Place, who: ActorName, key: string, input: object) {
  const jar = asBrowser(place.actors[who]);
  const done = outcomeOf(await open(key, input));
  if (done !== 'ok') throw new Error(`${key}: ${done}`);
  return Object.fromEntries(jar);
}

function newWish(): (asking?: string) => string {
  const [key, first] = [newRandomId(), newRandomId()];
  return (asking = first) => key + asking;
}

async function open(key: string, input: unknown, wish?: string): Promise<unknown> {
  const module: Record<string, Action<unknown>> = await import(/* @vite-ignore */ `/${paths.get(key)}`);
  const action = module[key.split('.')[1] ?? ''];
  if (!action) throw new Error(`no action ${key}`);
  return perform(action, input, wish);
}

const samples = [
  'account.changeUserAvatar',
  'gallery.publishImages',
  'conversions.requestConversions',
  'conversions.deleteConversion',
];

/** What an action has to be sent here to have an effect, where the table of doors has it sent what changes nothing. */
const otherInput: Readonly<Record<string, (place: Place) => unknown>> = {
  'account.changeUserPassword': () => ({ password, newPassword: `${password} too` }),
  'account.changeVendorPassword': () => ({ password, newPassword: `${password} too` }),
  'conversions.requestConversions': ({ imageId }) => ({
    imageIds: [imageId],
    style: 'duotone',
    requestKey: newRandomId(),
  }),
};

function doors(table: Readonly<Record<string, Door>>): [string, UseCase][] {
  return Object.entries(table).flatMap(([key, { for: who, input }]): [string, UseCase][] => {
    if (who === 'anybody' || !input) return [];
    const ask = (place: Place, { input: more, cookies }: Ready = {}): Ask => {
      const typed = (otherInput[key] ?? input)(place);
      const [sent, wish] = [more ? Object.assign({}, typed, more) : typed, newWish()];
      return (asking) => {
        // What an answer leaves in the browser is lost with it.
        asBrowser({ ...place.actors[who], ...cookies });
        return open(key, sent, wish(asking));
      };
    };
    return [[key, { run: (place) => ask(place)(), ask, isSample: samples.includes(key) }]];
  });
}

const own: Record<string, Door> = {
  'files.setPhotoLife': { for: 'user', input: ({ imageId }) => ({ id: imageId, life: 'month' }) },
  'files.deletePhoto': { for: 'user', input: ({ imageId }) => ({ id: imageId }) },
  'conversions.requestConversions': {
    for: 'user',
    input: ({ imageId }) => ({ imageIds: [imageId], style: 'duotone' }),
  },
  'conversions.retryConversion': { for: 'user', input: ({ conversionId }) => ({ id: conversionId }) },
  'conversions.cancelConversion': { for: 'user', input: ({ conversionId }) => ({ id: conversionId }) },
  'conversions.renameConversion': {
    for: 'user',
    input: ({ conversionId }) => ({ id: conversionId, title: 'x' }),
  },
  'conversions.setFavourite': {
    for: 'user',
    input: ({ conversionId }) => ({ id: conversionId, isFavourite: true }),
  },
  'conversions.deleteConversion': { for: 'user', input: ({ resultId }) => ({ id: resultId }) },
};

const asked = (who: 'signingUp' | 'signingIn' | 'resetting', key: string, more: object): UseCase => {
  const ask = (place: Place): Ask => {
    const wish = newWish();
    return (asking) => {
      asBrowser(place[who].cookies);
      return open(key, { code: place[who].code, ...more }, wish(asking));
    };
  };
  return { run: (place) => ask(place)(), ask };
};

const anybody = (key: string, input: (place: Place) => unknown): UseCase => {
  const ask = (place: Place): Ask => {
    const [sent, wish] = [input(place), newWish()];
    return (asking) => {
      asBrowser({});
      return open(key, sent, wish(asking));
    };
  };
  return { run: (place) => ask(place)(), ask };
};

const signal = new AbortController().signal;
const accepted = async () => ({ moderation: 'accepted', reason: null, scores: {} }) as const;

/** What begins by itself, or by other ways in than an action. */
const inside: Record<string, UseCase> = {
  'auth.signUpUser': anybody('auth.signUpUser', () => ({ phone: newPhone(), password, name: 'x' })),
  'auth.verifyUser': asked('signingUp', 'auth.verifyUser', {}),
  'auth.signInUser': anybody('auth.signInUser', ({ person }) => ({ phone: person.phone, password })),
  'auth.signInUser with a wrong password': anybody('auth.signInUser', ({ person }) => ({
    phone: person.phone,
    password: 'not this one',
  })),
  'auth.askUserDeviceCode': anybody('auth.askUserDeviceCode', ({ person }) => ({ phone: person.phone })),
  'auth.signInUserWithCode': asked('signingIn', 'auth.signInUserWithCode', {}),
  'auth.forgotUserPassword': anybody('auth.forgotUserPassword', ({ person }) => ({ phone: person.phone })),
  'auth.resetUserPassword': asked('resetting', 'auth.resetUserPassword', {
    newPassword: 'another sentence nobody guesses',
  }),
  'auth.signOutUser': {
    run: async ({ person }) => {
      asBrowser({ 'ai-stayler.user-session': await sealClaims(person.claims) });
      return open('auth.signOutUser', {});
    },
  },
  'account.deleteUserAccount for real': {
    run: ({ actors }) => {
      asBrowser(actors.user);
      return open('account.deleteUserAccount', { password, confirm: 'delete' });
    },
  },
  'a session is renewed': {
    run: async ({ person }) =>
      (await import('#lib/auth/session/rotate-session.ts')).rotateSession('user', person.claims),
  },
  'a photo is taken in': {
    isSample: true,
    run: async ({ userId, source }) =>
      (await import('#lib/files/upload/add-image.ts')).addPhoto({
        userId,
        fileName: 'x.jpg',
        source,
        moderate: accepted,
      }),
  },
  'an upload is allowed and sent': {
    run: async ({ userId, source }) => {
      const { openUploads } = await import('#lib/files/upload/open-uploads.ts');
      const uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });
      const file = { name: 'x.jpg', size: source.length, type: 'image/jpeg' };
      const asked = await askToUpload(uploads, [file]);
      if (asked.status !== 200) return `asked: ${asked.status}`;
      const [place] = asked.body as { url: string }[];
      return (await put(uploads, place?.url ?? '', source)).status === 200 ? 'ok' : 'sent in vain';
    },
  },
  'a gallery picture is taken in': {
    run: async ({ vendorId, source }) =>
      (await import('#lib/files/upload/add-image.ts')).addGalleryImage({
        vendorId,
        fileName: 'x.jpg',
        source,
        moderate: accepted,
      }),
  },
  'a result is kept': {
    isSample: true,
    run: async ({ conversionId }) =>
      (await import('#lib/conversions/run-conversion.ts')).runConversion(conversionId, {
        engine: painting,
        signal,
        isLastTry: true,
        moderate: accepted,
      }),
  },
  'a conversion fails': {
    run: async ({ conversionId }) =>
      (await import('#lib/conversions/run-conversion.ts')).runConversion(conversionId, {
        engine: scriptedEngine(async () => fail('conversion.engine', 'no')),
        signal,
        isLastTry: true,
      }),
  },
  'a conversion is given up': {
    run: async ({ conversionId }) =>
      (await import('#lib/conversions/queue/settle-dead-conversion.ts')).settleDeadConversion(conversionId),
  },
  'an image is deleted by the program': {
    run: async ({ vendorId, galleryImageId }) =>
      (await import('#lib/files/image/delete-image.ts')).deleteImage({ vendorId }, galleryImageId, {
        actor: system,
        reason: 'lost',
      }),
  },
  'an account of the program’s own is discarded': {
    run: async ({ userId }) => (await import('#lib/account/discard-account.ts')).discardUser(userId),
  },
  'an account is exported': {
    run: async ({ userId }) => {
      const answer = await (await import('#lib/account/export-account.ts')).exportAccount({
        kind: 'user',
        userId,
        sessionId: '',
      });
      if (answer.ok) await new Response(answer.value).arrayBuffer();
      return answer;
    },
  },
  'a sentence is agreed to': {
    run: async ({ userId }) => {
      const { agreeToPhotos, photoTerms } = await import('#lib/files/photo/agree-to-photos.ts');
      return agreeToPhotos(userId, photoTerms().code);
    },
  },
  'figures are rolled up': {
    run: async () =>
      (await import('#lib/operations/figures/roll-up-figures.ts')).rollUpFigures().then(String),
  },
  'an administrator is made': {
    run: async ({ person }) => (await import('#lib/admin/account/grant-admin.ts')).grantAdmin(person.phone),
  },
  'a picture is reported': anybody('gallery.reportImage', ({ galleryImageId }) => ({
    imageId: galleryImageId,
    reason: 'other',
    note: 'x',
  })),
  'a shop is reported': anybody('gallery.reportVendor', ({ vendorId }) => ({
    vendorId,
    reason: 'other',
    note: '',
  })),
};

/** Every use case, by a name that says which. */
export const useCases: ReadonlyMap<string, UseCase> = new Map([
  ...doors(accountActions as Record<string, Door>),
  ...doors(paymentActions as Record<string, Door>),
  ...doors(galleryActions as Record<string, Door>),
  ...doors(sharingActions as unknown as Record<string, Door>),
  ...doors(albumLinkActions as Record<string, Door>),
  ...doors(adminActions as unknown as Record<string, Door>),
  ...doors(own),
  ...Object.entries(inside),
]);

/** Somebody on the way through a form with a code. */
async function askedBy(database: TestDatabase, key: string, phone: string, input: object): Promise<Asked> {
  const jar = asBrowser({});
  const sent = (await open(key, { phone, ...input })) as Result<unknown>;
  if (!sent.ok) throw new Error(`${key}: ${sent.code}`);
  const { code } = await newestCode(database, phone);
  // These tests take longer than people do.
  await database.query("UPDATE otps SET expires_at = now() + interval '1 day' WHERE phone = $1", [phone]);
  return { cookies: Object.fromEntries(jar), code, phone };
}

/** People and things of each kind, for every use case to begin with. */
export async function placeOf(database: TestDatabase): Promise<Place> {
  const world = await peopleOf(database);
  const { addGalleryImage, addPhoto } = await import('#lib/files/upload/add-image.ts');
  const { requestConversion } = await import('#lib/conversions/request-conversions.ts');
  const source = await quarters(80, 60).jpeg().toBuffer();
  const { userId, vendorId } = world;
  const photo = must(await addPhoto({ userId, fileName: 'me.jpg', source, moderate: accepted }));
  const actor = { kind: 'user', userId, sessionId: '' } as const;
  const conversion = must(await requestConversion(actor, { imageId: photo.id, style: 'duotone' }));
  const look = must(await addGalleryImage({ vendorId, fileName: 'look.jpg', source, moderate: accepted }));
  const person = await signUpAndVerify(database);
  return {
    ...world,
    ...(await accountPlace(database, world)),
    ...(await paymentPlace(database, world)),
    ...(await adminPlace(database, world)),
    ...(await albumLinkPlace(database, vendorId)),
    ...(await sharingPlace(database, { userId, vendorId, imageId: photo.id })),
    ...(await albumPlace(database, world)),
    imageId: photo.id,
    galleryImageId: look.id,
    conversionId: conversion.id,
    source,
    person,
    signingUp: await askedBy(database, 'auth.signUpUser', newPhone(), { password, name: 'x' }),
    signingIn: await askedBy(database, 'auth.askUserDeviceCode', person.phone, {}),
    resetting: await askedBy(database, 'auth.forgotUserPassword', person.phone, {}),
  };
}

/** What a use case answers, as far as it can be compared between two runs. */
export function outcomeOf(answer: unknown): string {
  if (typeof answer === 'string') return answer;
  const result = (answer ?? succeed(null)) as Result<unknown>;
  return result.ok === false ? result.code : 'ok';
}
