import { expect, test } from 'vitest';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { requestConversionsInput } from '#lib/conversions/input.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { rerunConversion } from '#lib/conversions/rerun-conversion.ts';
import { retryConversion } from '#lib/conversions/retry-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { fail, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { addGalleryImage } from '#lib/files/upload/add-image.ts';
import type { StyleJob } from '#lib/styles/style-engine.ts';
import { must, newPhoto, picture, scriptedEngine, useConversions } from '#tests/support/conversions.ts';
import { newVendor } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';

const { database } = useConversions();
const signal = new AbortController().signal;

/** How much of the look an engine was asked for. */
const strengthOf = (job: StyleJob) => (job.style === 'reference' ? job.order?.strength : job.strength);

async function newReference(): Promise<string> {
  const { vendorId } = await newVendor();
  const source = await quarters(160, 120).jpeg().toBuffer();
  const image = must(await addGalleryImage({ vendorId, fileName: 'autumn.jpg', source }));
  must(await publishImage({ kind: 'vendor', vendorId, sessionId: '' }, image.id));
  return image.id;
}

test.each(['a preset', 'a picture of a gallery'])(
  'of %s is frozen with the charge, painted, shown, and asked for again after a failure',
  async (what) => {
    const { actor, imageId } = await newPhoto();
    const look = what === 'a preset' ? { style: 'oil' as const } : { reference: await newReference() };
    const jobs: StyleJob[] = [];
    const run = (id: string, works: boolean) =>
      runConversion(id, {
        // Our own, by its name: of nobody else's pictures a strength is said.
        engine: {
          ...scriptedEngine(async (job) => {
            jobs.push(job);
            return works ? picture() : fail('conversion.engine', 'broken');
          }),
          name: 'local',
        },
        signal,
        isLastTry: true,
      });
    const { id } = must(await requestConversion(actor, { imageId, ...look, strength: 0.35 }));
    expect(await run(id, false)).toBe('failed');
    expect(must(await findConversion(actor, id))).toMatchObject({ status: 'failed', strength: 0.35 });
    const again = must(await retryConversion(actor, id));
    expect(await run(again.id, true)).toBe('completed');
    expect(must(await findConversion(actor, again.id))).toMatchObject({
      status: 'completed',
      strength: 0.35,
    });
    const rerun = must(await transact(async (tx) => succeed(await rerunConversion(tx, id))));
    expect(await run(rerun.id, true)).toBe('completed');
    expect(jobs.map(strengthOf)).toEqual([0.35, 0.35, 0.35]);
    await expect(
      database().query(`UPDATE user_conversions SET look = '{"strength": 0.9}' WHERE id = $1`, [again.id]),
    ).rejects.toThrow(/was charged for and stays/);
  },
);

test('of all of a look is not said: there is one way to ask for it', async () => {
  const { actor, imageId } = await newPhoto();
  const { id } = must(await requestConversion(actor, { imageId, style: 'oil', strength: 1 }));
  const rows = await database().query('SELECT look FROM user_conversions WHERE id = $1', [id]);
  expect(rows).toEqual([{ look: null }]);
  expect(must(await findConversion(actor, id)).strength).toBeNull();
});

test.each([0, 0.05, 1.2, -1, Number.NaN, '0.5'])(
  'of %s is refused before anything is asked of the database',
  (strength) => {
    const imageIds = ['00000000-0000-4000-8000-000000000000'];
    expect(requestConversionsInput.safeParse({ imageIds, style: 'oil', strength }).success).toBe(false);
  },
);
