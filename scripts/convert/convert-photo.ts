import { randomBytes, randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { discardUser, discardVendor } from '#lib/account/discard-account.ts';
import { insertAccount } from '#lib/auth/account-store.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import type { LookRequest } from '#lib/conversions/input.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { type ConversionView, isFinal } from '#lib/conversions/view.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { stopListening, watchRow } from '#lib/db/changes/listen.ts';
import { disconnectDb } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { readOriginal } from '#lib/files/image/read-image.ts';
import { agreeToPhotos, photoTerms } from '#lib/files/photo/agree-to-photos.ts';
import { decideModeration } from '#lib/files/review/decide-moderation.ts';
import { findWaitingCase } from '#lib/files/review/store.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { setLook } from '#lib/gallery/library/set-look.ts';
import type { LookKind, LookSettings, LookShades, Tap } from '#lib/gallery/look/kinds.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { startWorker } from '#lib/worker/start-worker.ts';
import en from '#messages/en.json' with { type: 'json' };
import { Notice } from '../steps/progress.ts';

const finishTimeoutMs = 180_000;

/** A file as a vendor's picture, and what is chosen of its look. */
export type ReferenceLook = {
  readonly reference: string;
  readonly kind: LookKind;
  readonly settings: LookSettings;
  readonly shades: LookShades;
  readonly taps: readonly Tap[];
  readonly strength: number;
};

/** The sentence people read for an error code. */
function sentenceOf(code: string): string {
  let found: unknown = en.errors;
  for (const key of code.split('.')) found = (found as Record<string, unknown> | undefined)?.[key];
  return typeof found === 'string' ? found : code;
}

/** What was wanted; or, where it is refused, the sentence for it, and which file it is about. */
function expect<T>(result: Result<T>, file?: string): T {
  if (result.ok) return result.value;
  const about = file === undefined ? '' : `${file}: `;
  throw new Notice(`${about}${sentenceOf(result.code)} (${result.code}: ${result.detail})`);
}

/** An account nobody can sign in to: its number belongs to no operator and its hash to no password. */
async function insertOwn(kind: 'user' | 'vendor'): Promise<string> {
  const phone = `+98900${String(randomInt(10_000_000)).padStart(7, '0')}`;
  const made = await transact(async (tx) => {
    const id = await insertAccount(tx, kind, {
      phone,
      passwordHash: `!${randomBytes(8).toString('hex')}`,
      name: null,
    });
    return id ? succeed(id) : fail('internal', 'the number is taken');
  });
  return expect(made);
}

const sessionId = '00000000-0000-0000-0000-000000000000';

/** The reference in a gallery of its own, published, and said to be what it is. */
async function publishReference(vendorId: string, look: ReferenceLook): Promise<string> {
  const actor = { kind: 'vendor', vendorId, sessionId } as const;
  const image = expect(
    await addGalleryImage({ vendorId, fileName: basename(look.reference), source: look.reference }),
    look.reference,
  );
  const shown = await publishImage(actor, image.id);
  // Whoever runs this has the picture before them, shows it to nobody, and is who would be asked to look at it.
  const caseId = shown.ok ? null : await findWaitingCase(image.id);
  if (caseId) expect(await decideModeration(caseId, { decision: 'accepted' }));
  else expect(shown);
  expect(await setLook(actor, { ids: [image.id], kind: look.kind, settings: look.settings }));
  return image.id;
}

async function waitUntilFinal(actor: UserActor, id: string): Promise<ConversionView> {
  const deadline = Date.now() + finishTimeoutMs;
  let wake = () => {};
  const unwatch = watchRow('conversion_changed', id, () => wake());
  try {
    while (Date.now() < deadline) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const view = expect(await findConversion(actor, id));
      if (isFinal(view)) return view;
      await Promise.race([changed, sleep(1000)]);
    }
  } finally {
    unwatch();
  }
  throw new Notice(`The conversion was not finished within ${finishTimeoutMs / 1000} s.`);
}

async function writeResult(bytes: Buffer, out: string): Promise<void> {
  const extension = extname(out).toLowerCase();
  const converted =
    extension === '.png'
      ? await sharp(bytes).png().toBuffer()
      : extension === '.webp'
        ? await sharp(bytes).webp({ quality: 92 }).toBuffer()
        : bytes;
  await writeFile(out, converted).catch((error: Error) => {
    throw new Notice(`${out} cannot be written: ${error.message}`);
  });
}

/**
 * One photo through the whole path of the program (account, acceptance, storage, charge, queue, worker,
 * engine, result), with an account that is removed afterwards whatever happens. Returns milliseconds by part.
 */
export async function convertPhoto(job: {
  photo: string;
  look: { style: StyleName; strength: number } | ReferenceLook;
  out: string;
}): Promise<Record<string, number>> {
  const timings: Record<string, number> = {};
  const timed = async <T>(title: string, work: Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const value = await work;
    timings[title] = performance.now() - startedAt;
    return value;
  };
  let actor: UserActor | null = null;
  let vendorId: string | null = null;
  let worker: Awaited<ReturnType<typeof startWorker>> | null = null;
  try {
    actor = { kind: 'user', userId: await insertOwn('user'), sessionId };
    // Whoever runs this has set up the engines themselves.
    expect(await agreeToPhotos(actor.userId, photoTerms().code));
    const photo = expect(
      await timed(
        'upload',
        addPhoto({ userId: actor.userId, fileName: basename(job.photo), source: job.photo }),
      ),
      job.photo,
    );
    const { look } = job;
    let wanted: LookRequest;
    if ('reference' in look) {
      vendorId = await insertOwn('vendor');
      const { shades, taps, strength } = look;
      wanted = {
        reference: await timed('publish', publishReference(vendorId, look)),
        shades,
        taps: [...taps],
        strength,
      };
    } else wanted = look;
    worker = await timed('worker', startWorker());
    const { id } = expect(await timed('request', requestConversion(actor, { imageId: photo.id, ...wanted })));
    const view = await timed('convert', waitUntilFinal(actor, id));
    if (!view.result) throw new Notice(`The conversion failed (${view.failureCode}); nothing was charged.`);
    const bytes = expect(await readOriginal(view.result.id));
    await timed('write', writeResult(bytes, job.out));
    return timings;
  } finally {
    await worker?.stop();
    if (actor) await discardUser(actor.userId);
    if (vendorId) await discardVendor(vendorId);
    stopListening();
    await disconnectDb();
  }
}
