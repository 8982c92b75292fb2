import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { findCloth } from '#lib/styles/paint/looks/find-cloth.ts';
import { wearLook } from '#lib/styles/paint/looks/wear-look.ts';
import { findFaces } from '#lib/styles/paint/people/find-faces.ts';

const sample = (name: string) =>
  decodePhoto(readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url)));

test('on somebody cloth is what they wear, at the size that their face tells', async () => {
  const picture = await sample('eileen-collins.png');
  const found = await findCloth(picture, 'garment', nodeModels);
  if (!found) throw new Error('No cloth was found');
  const { region, widthCm } = found;
  const [face] = await findFaces(nodeModels, picture);
  if (!face) throw new Error('No face was found');
  expect(region.y).toBeGreaterThan(face.y + face.height / 2);
  expect(region.width * region.height).toBeGreaterThan(0.03);
  expect(widthCm).toBeGreaterThan(10);
  expect(widthCm).toBeLessThan(60);
});

test('where nobody is seen all of the picture is cloth', async () => {
  expect(await findCloth(await sample('coffee.png'), 'fabric', nodeModels)).toBeNull();
  expect(await findCloth(await sample('rocket.jpg'), 'garment', nodeModels)).toBeNull();
});

test('who tries a worn garment on in which nothing was marked wears its cloth all over', async () => {
  const [photo, reference] = [await sample('grace-hopper.jpg'), await sample('eileen-collins.png')];
  const worn = await wearLook(photo, reference, { kind: 'garment' }, nodeModels);
  // Her uniform is navy blue, the suit in the picture is orange; its flags, shuttle and face are not.
  let [changed, orange] = [0, 0];
  for (let i = Math.round(worn.height * 0.8) * worn.width; i < worn.r.length; i++) {
    const own = (at: typeof worn) => (at.r[i] ?? 0) - (at.b[i] ?? 0);
    if (Math.abs(own(worn) - own(photo)) < 0.05) continue;
    changed += 1;
    if (own(worn) > 0.2) orange += 1;
  }
  expect(changed).toBeGreaterThan(0.2 * 0.5 * worn.r.length * 0.5);
  expect(orange / changed).toBeGreaterThan(0.9);
});
