import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import { contours, type FaceMesh, findMesh, meshPoint } from '../people/face-mesh.ts';
import { findFaces, sureScore } from '../people/find-faces.ts';
import type { Models } from '../people/models.ts';
import type { Colour, Picture } from '../raster.ts';
import { labAt, toRgb } from '../reference/oklab.ts';
import { cutRegion } from './cloth.ts';
import type { MakeupShades } from './makeup.ts';
import { readParts, readPeople } from './read-people.ts';

/** The shade of hair that a picture shows: of somebody's hair, or of a card. */
export async function hairShadeOf(
  reference: Picture,
  region: LookRegion | null,
  models: Models,
): Promise<Colour> {
  if (region) return middleColour(cutRegion(reference, region), () => true);
  const people = await readPeople(reference, models);
  const parts = readParts(reference, people, []);
  if (parts) {
    const { hair } = parts;
    const isHair = (i: number) => (hair.data[i] as number) > 0.8;
    if (hair.data.some((value) => value > 0.8)) return middleColour(reference, isHair);
  }
  return cardColour(reference);
}

/** The shades that somebody in a picture wears, or the one of a card, which is then for lips. */
export async function makeupShadesOf(
  reference: Picture,
  region: LookRegion | null,
  models: Models,
): Promise<MakeupShades> {
  const picture = cutRegion(reference, region);
  const [face] = (await findFaces(models, picture)).filter(({ score }) => score >= sureScore);
  const mesh = face ? await findMesh(models, picture, face) : null;
  if (!mesh) return { lips: region ? middleColour(picture, () => true) : cardColour(picture) };
  return {
    lips: around(picture, mesh, [...contours.lips, 0, 17, 37, 267, 84, 314]),
    eyes: around(picture, mesh, [159, 158, 160, 386, 385, 387, 27, 257]),
    cheeks: around(picture, mesh, [50, 205, 117, 280, 425, 346]),
  };
}

/** The colour around some points of a face. */
function around(picture: Picture, mesh: FaceMesh, points: readonly number[]): Colour {
  const wanted = new Set<number>();
  for (const point of points) {
    const [x, y] = meshPoint(mesh, point, picture).map(Math.round) as [number, number];
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const [px, py] = [x + dx, y + dy];
        if (px >= 0 && py >= 0 && px < picture.width && py < picture.height)
          wanted.add(py * picture.width + px);
      }
  }
  return middleColour(picture, (i) => wanted.has(i), 1);
}

/** Of a card its most colourful part: the rest is paper. */
function cardColour(picture: Picture): Colour {
  const chroma: number[] = [];
  for (let i = 0; i < picture.r.length; i += 7) {
    const [L, a, b] = labAt(picture, i);
    chroma.push(Math.hypot(a, b) + 0.15 * (1 - L));
  }
  const limit = chroma.sort((one, two) => one - two)[Math.floor(chroma.length * 0.7)] ?? 0;
  return middleColour(picture, (i) => {
    const [L, a, b] = labAt(picture, i);
    return Math.hypot(a, b) + 0.15 * (1 - L) >= limit;
  });
}

function middleColour(picture: Picture, counts: (index: number) => boolean, every = 3): Colour {
  const found: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < picture.r.length; i += every)
    if (counts(i)) for (const [c, value] of labAt(picture, i).entries()) found[c as 0 | 1 | 2].push(value);
  const middle = (values: number[]) => values.sort((one, two) => one - two)[values.length >> 1] ?? 0;
  const [r, g, b] = toRgb([middle(found[0]), middle(found[1]), middle(found[2])]);
  return [Math.max(0, r), Math.max(0, g), Math.max(0, b)];
}
