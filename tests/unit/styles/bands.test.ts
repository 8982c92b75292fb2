import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { styles } from '#lib/styles/catalogue.ts';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { renderPhoto } from '#lib/styles/node/render-photo.ts';
import { paintBands } from '#lib/styles/paint/grades/paint-bands.ts';
import { paintLook } from '#lib/styles/paint/paint-look.ts';
import { nearestBytes, writePixels } from '#lib/styles/paint/pixels.ts';
import { findPreset } from '#lib/styles/paint/presets.ts';
import { readScene } from '#lib/styles/paint/scene.ts';
import { soften } from '#lib/styles/paint/soften.ts';

const sample = (name: string) => readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url));
const grades = styles.flatMap(({ name }) => (findPreset(name).grade ? [name] : []));

/** How many bytes differ, and the most that one does. */
function apart(one: Uint8Array, two: Uint8Array): { count: number; most: number } {
  let [count, most] = [0, 0];
  for (let i = 0; i < one.length; i++) {
    const d = Math.abs((one[i] as number) - (two[i] as number));
    if (d > 0) count += 1;
    most = Math.max(most, d);
  }
  return { count, most };
}

it('five looks can be painted in bands', () => {
  expect(grades).toEqual(['duotone', 'cinematic', 'noir', 'vintage', 'splash']);
});

describe.each([
  ['a person', 'eileen-collins.png'],
  ['no person', 'coffee.png'],
])('a photo of %s', (_, file) => {
  it.each(grades.map((name) => [name, name === 'noir' ? 0.4 : 1] as const))(
    'is the same in bands as a whole: %s at a strength of %f',
    async (name, strength) => {
      const photo = await sharp(sample(file)).resize(330, 250, { fit: 'cover' }).png().toBuffer();
      const read = async () => readScene(await decodePhoto(photo, 330), findPreset(name).needs, nodeModels);
      const original = await decodePhoto(photo, 330);
      const whole = new Uint8Array(330 * 250 * 3);
      writePixels(soften(paintLook(await read(), { style: name }), original, strength), 3, whole);
      const grade = findPreset(name).grade;
      if (!grade) throw new Error('no grade');
      for (const rows of [37, 1]) {
        const bytes = nearestBytes(original);
        paintBands({ width: 330, height: 250, bytes }, await read(), grade, { strength, rows });
        const { count, most } = apart(whole, bytes);
        // Sums that begin at another row may round another way where noise decides between two levels.
        expect([rows, most <= 1, count < whole.length / 2000]).toEqual([rows, true, true]);
      }
    },
  );
});

describe('a large photo', () => {
  const large = (width: number, height: number) =>
    sharp(sample('coffee.png')).resize(width, height, { fit: 'fill' }).jpeg().toBuffer();

  it('is painted at its own size where its look can be painted in bands, at half of it where not', async () => {
    const photo = await large(4096, 300);
    const sizes = await Promise.all(
      (['noir', 'oil'] as const).map(async (style) => {
        const { width, height } = await renderPhoto(photo, { style }, nodeModels);
        return [width, height];
      }),
    );
    expect(sizes).toEqual([
      [4096, 300],
      [2048, 150],
    ]);
    const { width, height } = await renderPhoto(await large(5000, 500), { style: 'vintage' }, nodeModels);
    expect([width, height]).toEqual([4096, 410]);
  });

  it.each(grades)('looks in %s as a smaller copy of it does', async (style) => {
    const photo = await large(1800, 1200);
    const smaller = await large(1200, 800);
    const seen = async (file: Buffer) => {
      const { bytes } = await renderPhoto(file, { style }, nodeModels);
      return sharp(bytes).resize(60, 40, { kernel: 'lanczos3' }).removeAlpha().raw().toBuffer();
    };
    const [one, two] = [await seen(photo), await seen(smaller)];
    expect(
      one.reduce((sum, value, i) => sum + Math.abs(value - (two[i] as number)), 0) / one.length,
    ).toBeLessThan(2);
  });
});
