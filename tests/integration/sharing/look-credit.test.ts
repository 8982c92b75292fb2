import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readAccount } from '#lib/account/export-store.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { listConversions } from '#lib/conversions/history/list-conversions.ts';
import { type ResultFormat, serveResult } from '#lib/conversions/history/serve-result.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { setLook } from '#lib/gallery/library/set-look.ts';
import { createResultLink } from '#lib/sharing/result-link/create-result-link.ts';
import { findResultLink } from '#lib/sharing/result-link/find-result-link.ts';
import { serveLinkedResult } from '#lib/sharing/result-link/serve-linked-result.ts';
import { must, newConversion, newPhoto, painting, useConversions } from '#tests/support/conversions.ts';
import { newGallery } from '#tests/support/galleries.ts';

const { database } = useConversions();

/** A shared result in the look of a gallery's painting, and everywhere that says whose look it is. */
async function madeInALook() {
  const gallery = await newGallery({ businessName: 'گالری لاله <&>' });
  const reference = await gallery.addImage({ title: 'ترمهٔ لاکی' });
  must(await setLook(gallery.actor, { ids: [reference], kind: 'painting' }));
  const { actor, imageId } = await newPhoto();
  const { id } = must(await requestConversion(actor, { imageId, reference }));
  await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
  const link = must(await createResultLink(actor, { conversionId: id, days: null, password: null }));
  const token = link.path.split('/').at(-1) ?? '';
  const credits = async () => {
    const shared = await findResultLink(token, () => undefined);
    const exported = JSON.parse((await readAccount('user', actor.userId)) ?? '{}');
    return {
      result: must(await findConversion(actor, id)).credit,
      history: (await listConversions(actor)).items[0]?.credit,
      shared: shared?.link.credit,
      exported: exported.conversions[0].look_of,
    };
  };
  const card = async () => {
    const request = new Request(`http://localhost:3000/api/shares/${token}/card`);
    const answer = await serveLinkedResult(request, token, 'card');
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const file = async (format: ResultFormat) => {
    const answer = must(
      await serveResult(new Request('http://localhost:3000/'), actor, id, { format, name: 'الف · ب' }),
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { xmp } = await sharp(bytes).metadata();
    return { bytes, answer, says: xmp?.toString('utf8') ?? '' };
  };
  return { gallery, reference, actor, id, credits, card, file };
}

const everywhere = <T>(credit: T) => ({ result: credit, history: credit, shared: credit, exported: credit });

describe('a result in a gallery’s look', () => {
  test('says whose look it is: on its page, in the history, where it is shared and in the export', async () => {
    const { gallery, reference, credits } = await madeInALook();
    const shop = { handle: gallery.handle, name: 'گالری لاله <&>' };
    const picture = { id: reference, title: 'ترمهٔ لاکی' };
    expect(await credits()).toEqual(everywhere({ kind: 'painting', shades: null, picture, shop }));
  });

  test.each([
    ['withdrawn', 'UPDATE images SET is_public = false WHERE id = $1'],
    ['deleted for good', 'DELETE FROM images WHERE id = $1'],
  ])('whose picture was %s still says the way to the shop', async (_, change) => {
    const { gallery, reference, credits } = await madeInALook();
    await database().query(change, [reference]);
    const shop = { handle: gallery.handle, name: 'گالری لاله <&>' };
    expect(await credits()).toEqual(everywhere({ kind: 'painting', shades: null, picture: null, shop }));
  });

  test.each([
    ['suspended', 'UPDATE vendors SET is_active = false WHERE id = $1'],
    ['gone', 'DELETE FROM vendors WHERE id = $1'],
  ])('whose shop is %s leads nowhere', async (_, change) => {
    const { gallery, credits } = await madeInALook();
    await database().query(change, [gallery.vendorId]);
    expect(await credits()).toEqual(
      everywhere({ kind: 'painting', shades: null, picture: null, shop: null }),
    );
  });

  test('keeps whose look it was, whatever is written afterwards', async () => {
    const { id } = await madeInALook();
    await expect(
      database().query('UPDATE user_conversions SET style_vendor_id = gen_random_uuid() WHERE id = $1', [id]),
    ).rejects.toMatchObject({ constraint: 'chk_conversion_look_stays' });
  });

  test('has a card that names picture and shop, until the shop is gone', async () => {
    const { gallery, card } = await madeInALook();
    const named = await card();
    expect(await sharp(named).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
    // Ink on the line under the picture.
    const line = (bytes: Buffer) =>
      sharp(bytes).extract({ left: 300, top: 575, width: 600, height: 50 }).stats();
    expect((await line(named)).channels[0]?.min).toBeLessThan(90);
    await database().query('UPDATE vendors SET is_active = false WHERE id = $1', [gallery.vendorId]);
    expect(Buffer.compare(await card(), named)).not.toBe(0);
  });

  test('is saved with picture and shop in the file, under its name, in parts too, until the shop is gone', async () => {
    const { gallery, actor, id, file } = await madeInALook();
    const credit = 'photoshop:Credit="ترمهٔ لاکی · گالری لاله &lt;&amp;&gt; · AI Stayler"';
    for (const [format, ending] of [
      ['jpeg', '.jpg'],
      ['png', '.png'],
    ] as const) {
      const { says, answer } = await file(format);
      expect(says).toContain(credit);
      const name = decodeURIComponent(answer.headers.get('content-disposition') ?? '');
      expect(name.endsWith(`الف · ب${ending}`)).toBe(true);
    }
    const whole = (await file('jpeg')).bytes;
    const request = new Request('http://localhost:3000/', { headers: { range: 'bytes=10-' } });
    const part = must(await serveResult(request, actor, id, { format: 'jpeg' }));
    expect([part.status, Buffer.compare(Buffer.from(await part.arrayBuffer()), whole.subarray(10))]).toEqual([
      206, 0,
    ]);
    await database().query('UPDATE vendors SET is_active = false WHERE id = $1', [gallery.vendorId]);
    expect((await file('jpeg')).says).toBe('');
  });
});

test('a preset is nobody’s', async () => {
  const { actor, id } = await newConversion('noir');
  expect(must(await findConversion(actor, id)).credit).toBeNull();
});
