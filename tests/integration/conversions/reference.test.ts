import { describe, expect, test } from 'vitest';
import { orderWith } from '#components/studio/draft/chosen.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import {
  findReference,
  findStyleKit,
  listOtherLooks,
  listStyleKits,
} from '#lib/conversions/reference/list-style-kits.ts';
import { requestConversion, requestConversions } from '#lib/conversions/request-conversions.ts';
import { retryConversion } from '#lib/conversions/retry-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { fail } from '#lib/core/result.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { setLook } from '#lib/gallery/library/set-look.ts';
import type { LookCredit, LookKind, LookSettings } from '#lib/gallery/look/kinds.ts';
import type { StyleJob } from '#lib/styles/style-engine.ts';
import {
  accounts,
  must,
  newPhoto,
  picture,
  scriptedEngine,
  useConversions,
} from '#tests/support/conversions.ts';
import { loseFilesOf, newVendor } from '#tests/support/files.ts';
import { newGallery } from '#tests/support/galleries.ts';
import { quarters } from '#tests/support/pictures.ts';

const { database } = useConversions();
const never = new AbortController().signal;

/** A picture in a vendor's gallery that visitors see. */
async function newReference() {
  const { vendorId } = await newVendor();
  const source = await quarters(160, 120).jpeg().toBuffer();
  const image = must(await addGalleryImage({ vendorId, fileName: 'carpet.jpg', source }));
  must(await publishImage({ kind: 'vendor', vendorId, sessionId: '' }, image.id));
  return { vendorId, imageId: image.id };
}

/** Paints, and remembers what it was asked for. */
function watching() {
  const jobs: StyleJob[] = [];
  const engine = scriptedEngine(async (job) => {
    jobs.push(job);
    return picture();
  });
  return { jobs, run: (id: string) => runConversion(id, { engine, signal: never, isLastTry: false }) };
}

describe('a conversion in the look of a gallery’s picture', () => {
  test('is recorded with the picture, and the engine is given its bytes', async () => {
    const { actor, imageId } = await newPhoto();
    const reference = await newReference();
    const { id } = must(await requestConversion(actor, { imageId, reference: reference.imageId }));
    const [row] = await database().query(
      'SELECT style_name, style_image_id FROM user_conversions WHERE id = $1',
      [id],
    );
    expect(row).toEqual({ style_name: 'reference', style_image_id: reference.imageId });
    const { jobs, run } = watching();
    expect(await run(id)).toBe('completed');
    expect(jobs).toMatchObject([{ style: 'reference', attemptKey: id }]);
    const [job] = jobs;
    expect(job?.style === 'reference' && job.reference.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(must(await findConversion(actor, id))).toMatchObject({ style: 'reference', status: 'completed' });
  });

  test.each([
    ['withdrawn', 'UPDATE images SET is_public = false WHERE id = $1'],
    ['in the trash', 'UPDATE images SET is_public = false, deleted_at = now() WHERE id = $1'],
    ['waiting for a look', "UPDATE images SET is_public = false, moderation = 'waiting' WHERE id = $1"],
    [
      'of a suspended vendor',
      'UPDATE vendors SET is_active = false WHERE id = (SELECT vendor_id FROM images WHERE id = $1)',
    ],
  ])('is not found for a picture that is %s, and nobody is charged', async (_, change) => {
    const { actor, imageId } = await newPhoto();
    const reference = await newReference();
    expect(await findReference(reference.imageId)).not.toBeNull();
    await database().query(change, [reference.imageId]);
    expect(await findReference(reference.imageId)).toBeNull();
    const asked = await requestConversion(actor, { imageId, reference: reference.imageId });
    expect(asked).toMatchObject({ ok: false, code: 'notFound' });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, conversions: 0 });
  });

  test('is not found for another person’s photo as reference', async () => {
    const { actor, imageId } = await newPhoto();
    const other = await newPhoto();
    const asked = await requestConversion(actor, { imageId, reference: other.imageId });
    expect(asked).toMatchObject({ ok: false, code: 'notFound' });
  });

  test('still finishes when the picture is withdrawn between asking and running', async () => {
    const { actor, imageId } = await newPhoto();
    const reference = await newReference();
    const { id } = must(await requestConversion(actor, { imageId, reference: reference.imageId }));
    await database().query('UPDATE images SET is_public = false WHERE id = $1', [reference.imageId]);
    expect(await watching().run(id)).toBe('completed');
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  });

  test('fails and gives the charge back when the picture’s bytes are gone by then', async () => {
    const { actor, imageId } = await newPhoto();
    const reference = await newReference();
    const { id } = must(await requestConversion(actor, { imageId, reference: reference.imageId }));
    await loseFilesOf({ vendorId: reference.vendorId });
    expect(await watching().run(id)).toBe('failed');
    expect(must(await findConversion(actor, id))).toMatchObject({
      failureCode: 'input',
      chargeReturned: true,
    });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
  });

  test('keeps its finished result when the picture is deleted later', async () => {
    const { actor, imageId } = await newPhoto();
    const reference = await newReference();
    const { id } = must(await requestConversion(actor, { imageId, reference: reference.imageId }));
    expect(await watching().run(id)).toBe('completed');
    await database().query('DELETE FROM images WHERE id = $1', [reference.imageId]);
    const view = must(await findConversion(actor, id));
    expect(view).toMatchObject({ status: 'completed', chargeReturned: false });
    expect(view.result).not.toBeNull();
  });
});

describe('what a look does', () => {
  const say = (vendorId: string, imageId: string, look: { kind: LookKind; settings?: LookSettings }) =>
    setLook({ kind: 'vendor', vendorId, sessionId: '' }, { ids: [imageId], ...look });

  test('is what its vendor said when it was charged, with what the person chose, and never another', async () => {
    const { actor, imageId } = await newPhoto();
    const { vendorId, imageId: reference } = await newReference();
    const region = { x: 0.1, y: 0.2, width: 0.5, height: 0.6 };
    must(await say(vendorId, reference, { kind: 'painting', settings: { region, repeatCm: 40 } }));
    expect(await findReference(reference)).toMatchObject({
      look: { kind: 'painting', region, repeatCm: 40 },
    });
    const taps = [{ part: 'clothes', x: 0.5, y: 0.9 } as const];
    const { id } = must(await requestConversion(actor, { imageId, reference, taps }));
    must(await say(vendorId, reference, { kind: 'light', settings: {} }));
    await expect(
      database().query("UPDATE user_conversions SET look_kind = 'hair' WHERE id = $1", [id]),
    ).rejects.toMatchObject({ constraint: 'chk_conversion_look_stays' });
    const { jobs, run } = watching();
    expect(await run(id)).toBe('completed');
    expect(jobs[0]).toMatchObject({ order: { kind: 'painting', region, repeatCm: 40, taps } });
    expect(must(await findConversion(actor, id))).toMatchObject({
      style: 'reference',
      credit: { kind: 'painting' },
    });
  });

  test('is light, where nobody said anything or it was charged before there were kinds', async () => {
    const { actor, imageId } = await newPhoto();
    const reference = await newReference();
    const { id } = must(await requestConversion(actor, { imageId, reference: reference.imageId }));
    const { jobs, run } = watching();
    expect(await run(id)).toBe('completed');
    expect(jobs[0]).toMatchObject({ order: { kind: 'light' } });
  });

  test('is said by the vendor of the picture and by nobody else', async () => {
    const { imageId } = await newReference();
    const other = await newVendor();
    expect(await say(other.vendorId, imageId, { kind: 'hair' })).toMatchObject({
      ok: false,
      code: 'notFound',
    });
    expect(await findReference(imageId)).toMatchObject({ look: { kind: 'light' } });
  });

  test('is worn as is said of each photo, and what is chosen is joined as the device joins it', async () => {
    const { actor, imageId } = await newPhoto();
    const source = await quarters(130, 90).jpeg().toBuffer();
    const other = must(await addPhoto({ userId: actor.userId, fileName: 'other.jpg', source })).id;
    const { vendorId, imageId: reference } = await newReference();
    const settings = { repeatCm: 40, shades: { lips: '#111111', eyes: '#222222' } };
    must(await say(vendorId, reference, { kind: 'painting', settings }));
    const [of, all] = [{ part: 'hair', x: 0.25, y: 0.5 } as const, { part: 'skin', x: 0.5, y: 0.5 } as const];
    const chosen = { shades: { lips: '#333333' }, taps: [all] };
    const { ids } = must(
      await requestConversions(actor, {
        imageIds: [imageId, other],
        looks: [{ reference, ...chosen }],
        photoTaps: { [other]: [of] },
      }),
    );
    const { jobs, run } = watching();
    for (const id of ids) await run(id);
    const order = { kind: 'painting' as const, ...settings };
    expect(jobs.map((job) => job.style === 'reference' && job.order)).toEqual([
      orderWith(order, chosen.shades, { taps: [all] }),
      orderWith(order, chosen.shades, { taps: [of] }),
    ]);
  });

  test('that is guessed leaves alone of what its vendor has said something', async () => {
    const { vendorId, imageId } = await newReference();
    const guess = (kind: LookKind) =>
      setLook({ kind: 'vendor', vendorId, sessionId: '' }, { ids: [imageId], kind, unsaidOnly: true });
    expect(must(await guess('fabric'))).toEqual({ done: 1 });
    expect(await guess('hair')).toMatchObject({ ok: false, code: 'notFound' });
    must(await say(vendorId, imageId, { kind: 'light', settings: { repeatCm: 30 } }));
    expect(await guess('hair')).toMatchObject({ ok: false, code: 'notFound' });
    expect(await findReference(imageId)).toMatchObject({ look: { kind: 'light', repeatCm: 30 } });
  });

  test('is tried again after a failure with the same choice', async () => {
    const { actor, imageId } = await newPhoto();
    const { vendorId, imageId: reference } = await newReference();
    must(await say(vendorId, reference, { kind: 'painting', settings: { shades: { hair: '#111111' } } }));
    const shades = { hair: '#7a1f2b' };
    const { id } = must(await requestConversion(actor, { imageId, reference, shades }));
    const failing = scriptedEngine(async () => fail('conversion.engine', 'broke'));
    expect(await runConversion(id, { engine: failing, signal: never, isLastTry: true })).toBe('failed');
    const again = must(await retryConversion(actor, id));
    const { jobs, run } = watching();
    expect(await run(again.id)).toBe('completed');
    expect(jobs[0]).toMatchObject({ order: { kind: 'painting', shades } });
  });
});

describe('style kits', () => {
  async function newKit(pictures: number, more = 'is_style_kit = true, is_public = true') {
    const { vendorId } = await newVendor();
    const [album] = await database().query<{ id: string }>(
      "INSERT INTO albums (vendor_id, name) VALUES ($1, 'set') RETURNING id",
      [vendorId],
    );
    const albumId = String(album?.id);
    await database().query(`UPDATE albums SET ${more} WHERE id = $1`, [albumId]);
    await database().query(
      `WITH made AS (
         INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type, is_public)
         SELECT $1, 'vendor', 'f', '/f', 1, 'image/jpeg', true FROM generate_series(1, $3) RETURNING id
       )
       INSERT INTO album_images (album_id, image_id, vendor_id, position)
       SELECT $2, id, $1, row_number() OVER () FROM made`,
      [vendorId, albumId, pictures],
    );
    return albumId;
  }

  test('are the public albums that say so and have something to show, with at most twelve pictures', async () => {
    const kit = await newKit(14);
    const others = [
      await newKit(2, 'is_public = true'),
      await newKit(2, 'is_style_kit = true'),
      await newKit(0),
    ];
    const { items, next } = await listStyleKits();
    expect(items.map(({ albumId }) => albumId)).toEqual([kit]);
    expect(items[0]?.images).toHaveLength(12);
    expect(next).toBeNull();
    expect((await findStyleKit(kit))?.albumId).toBe(kit);
    for (const other of [...others, 'nonsense']) expect(await findStyleKit(other)).toBeNull();
  });

  test('come in pages, each once', async () => {
    for (let k = 0; k < 14; k++) await newKit(1);
    const first = await listStyleKits();
    const second = await listStyleKits(first.next ?? undefined);
    const ids = [...first.items, ...second.items].map(({ albumId }) => albumId);
    expect(first.items).toHaveLength(12);
    expect(new Set(ids).size).toBe(15);
    expect(second.next).toBeNull();
  });
});

describe('before anything is charged', () => {
  test.each([
    ['fabric', 'conversion.noPerson'],
    ['hair', 'conversion.noPerson'],
    ['makeup', 'conversion.noFace'],
    ['place', 'conversion.noPerson'],
  ] as const)('a look of the kind %s says that a photo has nobody for it', async (kind, code) => {
    const { actor, imageId } = await newPhoto();
    const { vendorId, imageId: reference } = await newReference();
    must(
      await setLook({ kind: 'vendor', vendorId, sessionId: '' }, { ids: [reference], kind, settings: {} }),
    );
    expect(await requestConversion(actor, { imageId, reference })).toMatchObject({ ok: false, code });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, conversions: 0 });
  });
});

describe('more looks of the shop that something was made in', () => {
  test('are its other public pictures, the newest first, and nobody else’s', async () => {
    await newReference();
    const gallery = await newGallery();
    const used = await gallery.addImage({ title: 'Used' });
    await gallery.addImage({ title: 'Hidden', isPublic: false });
    const older = await gallery.addImage({ title: 'Older' });
    const newer = await gallery.addImage({ title: 'Newer' });
    const credit = {
      kind: 'light' as const,
      shades: null,
      picture: { id: used, title: 'Used' },
      shop: { handle: gallery.handle, name: 'Shop' },
    };
    const ids = async (of: LookCredit) => (await listOtherLooks(of)).map(({ image }) => image.id);
    expect(await ids(credit)).toEqual([newer, older]);
    // Of a picture that was withdrawn the shop is known still; of a shop that is gone, or suspended, nothing.
    expect(await ids({ ...credit, picture: null })).toEqual([newer, older, used]);
    // More of its kind come first.
    const shop = { kind: 'vendor' as const, vendorId: gallery.vendorId, sessionId: '' };
    must(await setLook(shop, { ids: [older], kind: 'fabric', settings: {} }));
    expect(await ids({ ...credit, kind: 'fabric' })).toEqual([older, newer]);
    expect(await ids({ ...credit, shop: null })).toEqual([]);
    await database().query('UPDATE vendors SET is_active = false WHERE id = $1', [gallery.vendorId]);
    expect(await ids(credit)).toEqual([]);
  });
});
