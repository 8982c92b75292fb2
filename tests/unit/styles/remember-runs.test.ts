import { expect, test } from 'vitest';
import { rememberRuns } from '#lib/styles/node/remember-runs.ts';
import type { ModelName, Models } from '#lib/styles/paint/people/models.ts';

/** Answers with the first pixel, and counts how often it is asked. */
function counted() {
  const asked: ModelName[] = [];
  const models: Models = {
    async run(name, pixels) {
      asked.push(name);
      if (pixels[0] === -1) throw new Error('no');
      return [{ shape: [1], values: Float32Array.of(pixels[0] ?? 0) }];
    },
    parts: async (pixels) => (pixels[0] === 0 ? null : Float32Array.of(2 * (pixels[0] ?? 0))),
  };
  return { asked, models: rememberRuns(models) };
}

test('a network is asked once about the same pixels, and each asker may write into the answer', async () => {
  const { asked, models } = counted();
  const pixels = () => Float32Array.of(0.25, 0.5, 0.75);
  const first = await models.run('selfie', pixels());
  expect(first).toEqual([{ shape: [1], values: Float32Array.of(0.25) }]);
  first[0]?.values.fill(9);
  expect(await models.run('selfie', pixels())).toEqual([{ shape: [1], values: Float32Array.of(0.25) }]);
  expect(asked).toEqual(['selfie']);
  await models.run('facemesh', pixels());
  await models.run('selfie', Float32Array.of(0.25, 0.5, 0.7500001));
  expect(asked).toEqual(['selfie', 'facemesh', 'selfie']);
});

test('an operator’s network is remembered apart from ours, and so is that there is none', async () => {
  const { asked, models } = counted();
  await models.run('selfie', Float32Array.of(0.25));
  expect(await models.parts(Float32Array.of(0.25))).toEqual(Float32Array.of(0.5));
  expect(await models.parts(Float32Array.of(0.25))).toEqual(Float32Array.of(0.5));
  expect(await models.parts(Float32Array.of(0))).toBeNull();
  expect(asked).toEqual(['selfie']);
});

test('what was not asked for longest is forgotten, and what failed is asked again', async () => {
  const { asked, models } = counted();
  for (let n = 0; n <= 24; n += 1) await models.run('selfie', Float32Array.of(n));
  await models.run('selfie', Float32Array.of(24));
  expect(asked.length).toBe(25);
  await models.run('selfie', Float32Array.of(0));
  expect(asked.length).toBe(26);
  for (let turn = 0; turn < 2; turn += 1)
    await expect(models.run('selfie', Float32Array.of(-1))).rejects.toThrow('no');
  expect(asked.length).toBe(28);
});
