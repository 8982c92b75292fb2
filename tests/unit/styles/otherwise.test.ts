import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { otherwiseAt } from '#lib/styles/paint/looks/order.ts';
import { readMask } from '#lib/styles/paint/looks/read-mask.ts';
import { readPeople } from '#lib/styles/paint/looks/read-people.ts';

it('“not this” on a face says skin, whatever light lies on it, and on a chest never hair: none is near', async () => {
  const sample = new URL('../../../public/samples/eileen-collins.png', import.meta.url);
  const photo = await decodePhoto(await readFile(sample), 420);
  const people = await readPeople(photo, nodeModels);
  const [face] = people.people;
  if (!face) throw new Error('nobody was found');
  const [x, y] = [face.face.x + 0.18 * face.face.width, face.face.y + 0.1 * face.face.height];
  const cheek = Math.floor(y * photo.height) * photo.width + Math.floor(x * photo.width);
  for (let down = -8; down <= 8; down++)
    for (let across = -8; across <= 8; across++)
      for (const [plane, value] of [
        [photo.r, 0.1],
        [photo.g, 0.9],
        [photo.b, 0.1],
      ] as const)
        plane[cheek + down * photo.width + across] = value; // A badge of the hair's colour on a chest.
  const crown = Math.floor((face.face.y - 0.62 * face.face.height) * photo.height) * photo.width;
  const hair = crown + Math.floor(x * photo.width);
  const badge = { x: 0.45, y: 0.8 };
  const middle = Math.floor(badge.y * photo.height) * photo.width + Math.floor(badge.x * photo.width);
  for (const plane of [photo.r, photo.g, photo.b])
    for (let down = -8; down <= 8; down++)
      plane.fill(plane[hair] as number, middle + down * photo.width - 8, middle + down * photo.width + 9);
  const { otherwise } = readMask(photo, people, { kind: 'hair' });
  expect(otherwiseAt(otherwise, x, y)).toBe('skin');
  expect(otherwiseAt(otherwise, 0.02, 0.02)).toBe('background');
  // Some of an orange suit has the colour of brown hair.
  const ofCloth = readMask(photo, people, { kind: 'fabric' }).otherwise;
  const onChest = [0.3, 0.4, 0.45, 0.5, 0.6, 0.7].flatMap((across) =>
    [0.7, 0.8, 0.9].map((down) => otherwiseAt(ofCloth, across, down)),
  );
  expect(onChest).not.toContain('hair');
});
