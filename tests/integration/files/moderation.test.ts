import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { dismissNetworks } from '#lib/core/threads/network-host.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { unchecked } from '#lib/files/moderation/judge-scores.ts';
import { type Moderate, moderatePicture } from '#lib/files/moderation/moderate-picture.ts';
import type { Verdict } from '#lib/files/moderation/store.ts';
import { decideModeration, listModeration, readModerated } from '#lib/files/review/decide-moderation.ts';
import { recheckPictures } from '#lib/files/review/recheck-pictures.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import {
  accounts,
  must,
  newActor,
  newConversion,
  painting,
  useConversions,
} from '#tests/support/conversions.ts';
import { filesUnder, newVendor } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';

const { database, dataDir } = useConversions();
afterAll(dismissNetworks);

const says =
  (verdict: Verdict): Moderate =>
  async () =>
    verdict;
const refused: Verdict = { moderation: 'refused', reason: null, scores: { porn: 0.9 } };
const uncertain: Verdict = { moderation: 'waiting', reason: 'uncertain', scores: { porn: 0.5 } };
const never = new AbortController().signal;
const source = () => quarters(120, 90).jpeg().toBuffer();

async function imageOf(id: string) {
  const [row] = await database().query<{ moderation: string }>(
    'SELECT moderation FROM images WHERE id = $1',
    [id],
  );
  return row?.moderation;
}

/** The notices of an account about images that waited. */
const toldTo = (userId: string) =>
  database().query<{ kind: string; data: Record<string, string> }>(
    "SELECT kind, data FROM notifications WHERE user_id = $1 AND kind LIKE 'picture.%'",
    [userId],
  );

async function caseOf(imageId: string) {
  const found = (await listModeration(1000)).find((one) => one.imageId === imageId);
  if (!found) throw new Error('no case waits');
  return found;
}

/** A finished conversion whose result waits. */
async function newWaitingResult() {
  const { actor, id } = await newConversion();
  const outcome = await runConversion(id, {
    engine: painting,
    signal: never,
    isLastTry: false,
    moderate: says(uncertain),
  });
  expect(outcome).toBe('completed');
  const [row] = await database().query<{ imageId: string; fileId: string }>(
    'SELECT image_id AS "imageId", f.id AS "fileId" FROM stored_files f JOIN user_conversions c ON c.result_image_id = f.image_id WHERE c.id = $1',
    [id],
  );
  if (!row) throw new Error('no result');
  return { actor, id, ...row };
}

describe('an upload', () => {
  test('that is refused leaves no row, no file and no charge', async () => {
    const { userId } = await newActor();
    const before = (await filesUnder(dataDir)).length;
    const sent = await addPhoto({
      userId,
      fileName: 'x.jpg',
      source: await source(),
      moderate: says(refused),
    });
    expect(sent).toMatchObject({ ok: false, code: 'file.refused' });
    expect((await filesUnder(dataDir)).length).toBe(before);
    const rows = await database().query(
      'SELECT 1 FROM images WHERE user_id = $1 UNION ALL SELECT 1 FROM subscription_periods WHERE user_id = $1 AND images_used > 0',
      [userId],
    );
    expect(rows).toEqual([]);
  });

  test('that is uncertain waits, with a case that says why', async () => {
    const { userId } = await newActor();
    const image = must(
      await addPhoto({ userId, fileName: 'x.jpg', source: await source(), moderate: says(uncertain) }),
    );
    expect(await imageOf(image.id)).toBe('waiting');
    expect(await caseOf(image.id)).toMatchObject({
      type: 'user',
      reason: 'uncertain',
      scores: { porn: 0.5 },
    });
  });

  test('that could not be looked at waits too: nothing passes unseen', async () => {
    const { userId } = await newActor();
    const image = must(
      await addPhoto({ userId, fileName: 'x.jpg', source: await source(), moderate: says(unchecked) }),
    );
    expect(await caseOf(image.id)).toMatchObject({ reason: 'unchecked' });
    expect(await moderatePicture(Buffer.from('no picture'))).toEqual(unchecked);
  });

  test('of a vendor that waits cannot be published until somebody accepts it', async () => {
    const { vendorId } = await newVendor();
    const actor = { kind: 'vendor', vendorId, sessionId: '' } as const;
    const image = must(
      await addGalleryImage({
        vendorId,
        fileName: 'x.jpg',
        source: await source(),
        moderate: says(uncertain),
      }),
    );
    expect((await publishImage(actor, image.id)).ok).toBe(false);
    must(await decideModeration((await caseOf(image.id)).id, { decision: 'accepted' }));
    expect(await imageOf(image.id)).toBe('accepted');
    expect((await publishImage(actor, image.id)).ok).toBe(true);
  });

  test('that nobody has anything against opens no case, by the real check', async () => {
    const { userId } = await newActor();
    const image = must(await addPhoto({ userId, fileName: 'x.jpg', source: await source() }));
    expect(await imageOf(image.id)).toBe('accepted');
    expect((await listModeration(1000)).some(({ imageId }) => imageId === image.id)).toBe(false);
  });
});

describe('an image that could not be looked at', () => {
  async function newUnchecked() {
    const { userId } = await newActor();
    const sent = await addPhoto({
      userId,
      fileName: 'x.jpg',
      source: await source(),
      moderate: says(unchecked),
    });
    const image = must(sent);
    await database().query(
      "UPDATE moderation_cases SET created_at = created_at - interval '2 minutes' WHERE image_id = $1",
      [image.id],
    );
    return image.id;
  }
  const reasonOf = async (imageId: string) =>
    (await listModeration(1000)).find((one) => one.imageId === imageId)?.reason;

  test('is looked at again, and goes on as if it had been at once', async () => {
    const accepted: Verdict = { moderation: 'accepted', reason: null, scores: {} };
    for (const [verdict, moderation, reason] of [
      [accepted, 'accepted', undefined],
      [refused, 'refused', undefined],
      [uncertain, 'waiting', 'uncertain'],
      [unchecked, 'waiting', 'unchecked'],
    ] as const) {
      const imageId = await newUnchecked();
      await recheckPictures(says(verdict));
      expect(await imageOf(imageId)).toBe(moderation);
      expect(await reasonOf(imageId)).toBe(reason);
      await database().query('DELETE FROM moderation_cases WHERE image_id = $1', [imageId]);
    }
  });

  test('is left alone by it once a person must decide', async () => {
    const { userId } = await newActor();
    const sent = await addPhoto({
      userId,
      fileName: 'x.jpg',
      source: await source(),
      moderate: says(uncertain),
    });
    const image = must(sent);
    await database().query("UPDATE moderation_cases SET created_at = created_at - interval '1 hour'");
    await recheckPictures(says(refused));
    expect(await imageOf(image.id)).toBe('waiting');
  });
});

describe('a result', () => {
  test('that is refused fails the conversion as refused, costs nothing and leaves no file', async () => {
    const { actor, id } = await newConversion();
    const before = (await filesUnder(dataDir)).length;
    const run = { engine: painting, signal: never, isLastTry: false, moderate: says(refused) };
    expect(await runConversion(id, run)).toBe('failed');
    expect(must(await findConversion(actor, id))).toMatchObject({
      failureCode: 'refused',
      chargeReturned: true,
    });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, results: 0 });
    expect((await filesUnder(dataDir)).length).toBe(before);
  });

  test('that is uncertain is finished and charged, and waits', async () => {
    const { actor, id, imageId } = await newWaitingResult();
    expect(must(await findConversion(actor, id))).toMatchObject({
      status: 'completed',
      chargeReturned: false,
    });
    expect(await imageOf(imageId)).toBe('waiting');
    expect(await caseOf(imageId)).toMatchObject({ type: 'result' });
  });

  test('that an operator refuses later loses its bytes, and its charge comes back once', async () => {
    const { actor, id, imageId, fileId } = await newWaitingResult();
    const path = join(dataDir, 'files', fileId.slice(0, 2), fileId.slice(2, 4), fileId);
    expect(existsSync(path)).toBe(true);
    const waiting = await caseOf(imageId);
    expect(
      must(await readModerated(waiting.id))
        .subarray(0, 2)
        .toString('hex'),
    ).toBe('ffd8');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => decideModeration(waiting.id, { decision: 'refused' })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => ok)).toMatchObject({ value: { imageId, chargeReturned: true } });
    expect(existsSync(path)).toBe(false);
    expect(await imageOf(imageId)).toBe('refused');
    expect(must(await findConversion(actor, id))).toMatchObject({
      status: 'completed',
      chargeReturned: true,
    });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
    expect(await toldTo(actor.userId)).toEqual([
      { kind: 'picture.refuse', data: { what: 'result', returned: 'yes', id } },
    ]);
    expect((await readModerated(waiting.id)).ok).toBe(false);
    expect((await decideModeration(waiting.id, { decision: 'accepted' })).ok).toBe(false);
  });

  test('that an operator accepts stays as it is, and stays charged', async () => {
    const { actor, id, imageId } = await newWaitingResult();
    must(await decideModeration((await caseOf(imageId)).id, { decision: 'accepted' }));
    expect(await toldTo(actor.userId)).toEqual([
      { kind: 'picture.accept', data: { what: 'result', returned: 'no', id } },
    ]);
    expect(await imageOf(imageId)).toBe('accepted');
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  });

  test('whose charge came back before is not paid back twice', async () => {
    const { actor, id, imageId } = await newWaitingResult();
    await expect(
      database().query('UPDATE user_conversions SET charge_returned_at = now() WHERE id = $1', [id]),
    ).rejects.toThrow('at most once');
    must(await decideModeration((await caseOf(imageId)).id, { decision: 'refused' }));
    await expect(
      database().query(
        "UPDATE user_conversions SET charge_returned_at = now() + interval '1 s' WHERE id = $1",
        [id],
      ),
    ).rejects.toThrow('at most once');
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2 });
  });
});

test('an unknown case is not found, whatever its id looks like', async () => {
  for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000']) {
    expect(await decideModeration(id, { decision: 'accepted' })).toMatchObject({
      ok: false,
      code: 'notFound',
    });
    expect((await readModerated(id)).ok).toBe(false);
  }
});
