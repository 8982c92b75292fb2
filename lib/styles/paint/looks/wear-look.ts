import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import type { Parts } from '../parts/find-parts.ts';
import { findMesh } from '../people/face-mesh.ts';
import { coverage } from '../people/find-person.ts';
import type { Models } from '../people/models.ts';
import { hex, type Picture, type Plane } from '../raster.ts';
import { readScene } from '../scene.ts';
import { readBrushwork } from './brushwork.ts';
import { cutRegion, readCloth } from './cloth.ts';
import { usualRepeatCm, wearFabric } from './fabric.ts';
import { findCloth } from './find-cloth.ts';
import { dyeHair } from './hair.ts';
import { putOnMakeup } from './makeup.ts';
import { matteOf } from './matte.ts';
import type { LookObstacle, WornOrder } from './order.ts';
import { paintLike } from './painting.ts';
import { standBefore } from './place.ts';
import { chosenPeople, readParts, readPeople } from './read-people.ts';
import { hairShadeOf, makeupShadesOf } from './reference-shades.ts';

/** Thrown where a photo has not what a look is worn on. */
export class LookImpossible extends Error {
  override readonly name = 'LookImpossible';
  readonly obstacle: LookObstacle;

  constructor(obstacle: LookObstacle) {
    super(`the look cannot be tried on: ${obstacle}`);
    this.obstacle = obstacle;
  }
}

/** Less of the photo than this cannot be worn or dyed. */
export const leastClothes = 0.008;
export const leastHair = 0.002;

/**
 * Tries a look on: what the order's kind names is taken from the reference and put on the people of the photo. All
 * other pixels stay as they are (`painting` apart). Throws {@link LookImpossible}.
 */
export async function wearLook(
  photo: Picture,
  reference: Picture,
  order: WornOrder,
  models: Models,
): Promise<Picture> {
  const { kind, region = null, shades = {}, taps = [] } = order;
  if (kind === 'painting') {
    // Tones are balanced for a painter, in a copy: the photo is the caller's.
    const own = { ...photo, r: photo.r.slice(), g: photo.g.slice(), b: photo.b.slice() };
    const scene = await readScene(own, { person: true }, models);
    const meshes = await Promise.all(scene.faces.map((face) => findMesh(models, scene.photo, face)));
    return paintLike(
      scene,
      readBrushwork(cutRegion(reference, region)),
      meshes.filter((mesh) => mesh !== null),
    );
  }
  const found = await readPeople(photo, models);
  if (kind === 'makeup') {
    const meshes = chosenPeople(found.people, taps).flatMap(({ mesh }) => (mesh ? [mesh] : []));
    if (meshes.length === 0) throw new LookImpossible('noFace');
    const said = { lips: shades.lips, eyes: shades.eyes, cheeks: shades.cheeks };
    const given = Object.entries(said).flatMap(([part, shade]) => (shade ? [[part, hex(shade)]] : []));
    return putOnMakeup(
      photo,
      meshes,
      given.length > 0 ? Object.fromEntries(given) : await makeupShadesOf(reference, region, models),
    );
  }
  const parts = readParts(photo, found, taps);
  if (!parts) throw new LookImpossible('noPerson');
  if (kind === 'hair') {
    if (coverage(parts.hair) < leastHair) throw new LookImpossible('noHair');
    const shade = shades.hair ? hex(shades.hair) : await hairShadeOf(reference, region, models);
    return dyeHair(photo, parts.hair, parts.heads, shade);
  }
  if (kind === 'place') {
    const unit = parts.heads[0]?.unit ?? photo.height / 6;
    return standBefore(photo, matteOf(photo, parts.person, parts.hair, unit), cutRegion(reference, region));
  }
  const mask = wornPart(parts, order);
  if (coverage(mask) < leastClothes) throw new LookImpossible('noClothes');
  const piece = region ? null : await findCloth(reference, kind, models);
  const cloth = readCloth(reference, region ?? piece?.region ?? null);
  const repeatCm = order.repeatCm ?? piece?.widthCm ?? usualRepeatCm;
  return wearFabric(photo, { cloth, mask, heads: parts.heads, repeatCm });
}

/** Why a look of this kind cannot be tried on in a photo; null when it can. A small copy of the photo is enough. */
export async function findObstacle(
  photo: Picture,
  { kind, taps = [] }: Pick<LookOrder, 'kind' | 'taps'>,
  models: Models,
): Promise<LookObstacle | null> {
  if (kind === 'light' || kind === 'painting') return null;
  const found = await readPeople(photo, models);
  if (kind === 'makeup') return chosenPeople(found.people, taps).some(({ mesh }) => mesh) ? null : 'noFace';
  const parts = readParts(photo, found, taps);
  if (!parts) return 'noPerson';
  if (kind === 'place') return null;
  if (kind === 'hair') return coverage(parts.hair) < leastHair ? 'noHair' : null;
  return coverage(wornPart(parts, { kind, taps })) < leastClothes ? 'noClothes' : null;
}

/** Clothes; or the scarf or hat, when that is what was tapped. */
export function wornPart(parts: Parts, { taps = [] }: Pick<LookOrder, 'kind' | 'taps'>): Plane {
  const isCovering =
    taps.some(({ part }) => part === 'covering') && !taps.some(({ part }) => part === 'clothes');
  return isCovering ? parts.covering : parts.clothes;
}
