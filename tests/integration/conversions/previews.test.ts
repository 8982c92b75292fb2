import { afterAll, describe, expect, test } from 'vitest';
import { checkPhoto } from '#lib/conversions/photo-check/check-photo.ts';
import { findPreviews, readPreview } from '#lib/conversions/preview/find-previews.ts';
import { renderPreviews } from '#lib/conversions/preview/render-previews.ts';
import { streamPreviews } from '#lib/conversions/preview/stream-previews.ts';
import { sweepPreviews } from '#lib/conversions/preview/sweep-previews.ts';
import { system } from '#lib/core/actor.ts';
import { stopListening } from '#lib/db/listen.ts';
import { deleteImage } from '#lib/files/image/delete-image.ts';
import { styles } from '#lib/styles/catalogue.ts';
import { dismissStudent } from '#lib/styles/node/photo-student.ts';
import { createPreviewPainter, type PreviewPainter } from '#lib/styles/node/preview-painter.ts';
import { accounts, must, newActor, newPhoto, useConversions } from '#tests/support/conversions.ts';

const { database } = useConversions();
const painter = createPreviewPainter();
afterAll(async () => {
  stopListening();
  await painter.close();
  await dismissStudent();
});

const never = new AbortController().signal;
const jobsOf = (imageId: string) =>
  database().query("SELECT 1 FROM pgboss.job WHERE name = 'preview.render' AND data->>'imageId' = $1", [
    imageId,
  ]);
const looking = { begin: false } as const;

describe('previews of a photo', () => {
  test('are begun once however often somebody asks, and cost nothing', async () => {
    const { actor, imageId } = await newPhoto();
    for (let k = 0; k < 5; k++) {
      const found = must(await findPreviews(actor, imageId, { begin: true }));
      expect(found).toEqual({ imageId, previews: {}, done: false });
    }
    // Asked for across the border between two minutes, there may be a second; never one for each question.
    expect((await jobsOf(imageId)).length).toBeLessThanOrEqual(2);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, conversions: 0 });
  });

  test('are there in every style after one run, small and in WebP, and a second run paints nothing', async () => {
    const { actor, imageId } = await newPhoto(640, 480);
    await renderPreviews(imageId, { painter, signal: never });
    const found = must(await findPreviews(actor, imageId, looking));
    expect(found.done).toBe(true);
    expect(Object.keys(found.previews)).toEqual(styles.map(({ name }) => name));
    for (const { name } of styles) {
      const bytes = Buffer.from(must(await readPreview(actor, imageId, name)));
      expect(bytes.subarray(8, 12).toString()).toBe('WEBP');
      expect(bytes.length).toBeLessThan(64 * 1024);
    }
    const idle: PreviewPainter = { ...painter, paint: () => Promise.reject(new Error('nothing to paint')) };
    await renderPreviews(imageId, { painter: idle, signal: never });
    // The thread gives way to everything else that runs on this machine.
  }, 180_000);

  test('are kept one by one: a run that is cut off leaves what it made, and the next goes on', async () => {
    const { actor, imageId } = await newPhoto();
    const asked: string[][] = [];
    const breaking: PreviewPainter = {
      ...painter,
      paint: async (_photo, wanted, { onPreview }) => {
        asked.push([...wanted]);
        for (const style of wanted.slice(0, 2)) onPreview(style, Buffer.from('picture'));
        throw new Error('cut off');
      },
    };
    await expect(renderPreviews(imageId, { painter: breaking, signal: never })).rejects.toThrow('cut off');
    expect(Object.keys(must(await findPreviews(actor, imageId, looking)).previews)).toHaveLength(2);
    await expect(renderPreviews(imageId, { painter: breaking, signal: never })).rejects.toThrow('cut off');
    expect(asked.map((one) => one.length)).toEqual([styles.length, styles.length - 2]);
  });

  test('are nobody else’s', async () => {
    const { imageId } = await newPhoto();
    await database().query(
      "INSERT INTO style_previews (image_id, style_name, edition, bytes) VALUES ($1, 'oil', 1, 'x')",
      [imageId],
    );
    const stranger = await newActor();
    expect(await findPreviews(stranger, imageId, { begin: true })).toMatchObject({
      ok: false,
      code: 'notFound',
    });
    expect(await readPreview(stranger, imageId, 'oil')).toMatchObject({ ok: false, code: 'notFound' });
    expect(await checkPhoto(stranger, imageId)).toMatchObject({ ok: false, code: 'notFound' });
    expect(await jobsOf(imageId)).toHaveLength(0);
    for (const odd of ['', '../etc', 'oil']) {
      expect((await findPreviews(stranger, odd, { begin: true })).ok).toBe(false);
      expect((await readPreview(stranger, imageId, odd)).ok).toBe(false);
    }
  });

  test('die with the photo, and one that comes late is not kept', async () => {
    const { actor, imageId } = await newPhoto();
    const late: PreviewPainter = {
      ...painter,
      paint: async (_photo, _wanted, { onPreview }) => {
        onPreview('oil', Buffer.from('early'));
        await expect.poll(async () => count(imageId)).toBe(1);
        must(await deleteImage({ userId: actor.userId }, imageId, { actor: system, reason: 'life' }));
        onPreview('noir', Buffer.from('late'));
      },
    };
    await renderPreviews(imageId, { painter: late, signal: never });
    expect(await count(imageId)).toBe(0);
    await renderPreviews(imageId, { painter: late, signal: never });
  });

  test('are made again when recipes have changed, and let go after a week', async () => {
    const { actor, imageId } = await newPhoto();
    const quick: PreviewPainter = {
      ...painter,
      paint: async (_photo, wanted, { onPreview }) => {
        for (const style of wanted) onPreview(style, Buffer.from(style));
      },
    };
    await renderPreviews(imageId, { painter: quick, signal: never });
    await database().query(
      "UPDATE style_previews SET edition = 0 WHERE image_id = $1 AND style_name = 'oil'",
      [imageId],
    );
    expect(must(await findPreviews(actor, imageId, looking)).done).toBe(false);
    await renderPreviews(imageId, { painter: quick, signal: never });
    expect(must(await findPreviews(actor, imageId, looking)).done).toBe(true);
    await database().query(
      "UPDATE style_previews SET created_at = created_at - interval '8 days' WHERE image_id = $1 AND style_name <> 'ink'",
      [imageId],
    );
    await sweepPreviews();
    expect(Object.keys(must(await findPreviews(actor, imageId, looking)).previews)).toEqual(['ink']);
  });

  test('are told as they come, and the stream ends when all are there', async () => {
    const { actor, imageId } = await newPhoto();
    const first = must(await findPreviews(actor, imageId, looking));
    const stream = must(streamPreviews(actor, first, never));
    const quick: PreviewPainter = {
      ...painter,
      paint: async (_photo, wanted, { onPreview }) => {
        for (const style of wanted) onPreview(style, Buffer.from(style));
      },
    };
    void renderPreviews(imageId, { painter: quick, signal: never });
    let text = '';
    for await (const chunk of stream) text += Buffer.from(chunk).toString('utf8');
    const told = [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(String(json)));
    expect(told[0]).toEqual(first);
    expect(told.at(-1)).toMatchObject({ imageId, done: true });
    const counts = told.map(({ previews }) => Object.keys(previews).length);
    expect(counts).toEqual([...counts].sort((one, two) => one - two));
  });
});

describe('checking a photo', () => {
  test('answers with advice and charges nothing', async () => {
    const { actor, imageId } = await newPhoto(120, 90);
    expect(must(await checkPhoto(actor, imageId))).toMatchObject({ imageId, usable: false, person: 'none' });
    expect(must(await checkPhoto(actor, imageId)).advice).toContain('tooSmall');
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
  });

  test('answers many at once, or asks them to come back', async () => {
    const { actor, imageId } = await newPhoto(300, 200);
    const answers = await Promise.all(Array.from({ length: 30 }, () => checkPhoto(actor, imageId)));
    const codes = new Set(answers.map((answer) => (answer.ok ? 'ok' : answer.code)));
    expect(codes).toEqual(new Set(['ok', 'service.unavailable']));
  });
});

async function count(imageId: string): Promise<number> {
  return (await database().query('SELECT 1 FROM style_previews WHERE image_id = $1', [imageId])).length;
}
