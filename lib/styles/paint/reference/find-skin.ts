import { eachRun } from '../each-row.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { faceMap } from '../people/face-map.ts';
import type { Face } from '../people/find-faces.ts';
import { letGo, mix, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';
import { labAt } from './oklab.ts';

/** Faces, and whatever of the person has a face's colour: neck, hands, arms. */
export function skinOf(scene: Scene, small: Picture): Plane {
  const { faces, person } = scene;
  const map = faceMap(small.width, small.height, faces);
  const [face] = faces;
  if (!face) return map;
  // Hair and backdrop around a face are not skin: they go with the rest of the picture.
  const body = person ? resize(person, small.width, small.height).data : null;
  const sample = medianColour(small, face);
  for (let i = 0; i < map.data.length; i++) {
    if (map.data[i] === 0 && (!body || (body[i] as number) < 0.004)) continue;
    const [lightness, a, b] = labAt(small, i);
    const distance = Math.sqrt((a - sample[1]) ** 2 + (b - sample[2]) ** 2);
    const near = map.data[i] as number;
    const spread = near > 0.5 ? 1.5 : 1;
    const alike = 1 - smoothstep(0.025 * spread, 0.06 * spread, distance);
    const dark = smoothstep(0.28, 0.5, lightness / Math.max(0.2, sample[0]));
    map.data[i] = Math.max(near * mix(0.55, 1, alike), body ? (body[i] as number) * alike * 0.85 : 0) * dark;
  }
  return gaussian(map, 2);
}

/** Skin is smooth in a copy of this longest side. */
const smallSide = 256;
/** In OKLab, light apart: as like a face's colour as this it is skin's, and as unlike as this it is not. */
const likeFace = { surely: 0.022, hardly: 0.05 };

/**
 * Whatever has the colour of somebody's face, light apart, 0 to 1 at the picture's size: arms and legs, and also wood of that
 * colour, so that only what does no harm to wood may follow from it.
 */
export function skinColoured(picture: Picture, faces: readonly Face[]): Plane {
  const size = fitted(picture, Math.min(smallSide, Math.max(picture.width, picture.height)));
  const small = resizePicture(picture, size.width, size.height, 'smooth');
  const skins = faces.map((face) => medianColour(small, face));
  const map = newPlane(size.width, size.height);
  eachRun(skins.length > 0 ? map.data.length : 0, skinRun, { small, skins, map: map.data });
  const out = resize(map, picture.width, picture.height);
  letGo(small, map);
  return out;
}

type Coloured = {
  readonly small: Picture;
  readonly skins: readonly (readonly [number, number, number])[];
  readonly map: Float32Array;
};

function skinRun({ small, skins, map }: Coloured, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const [, a, b] = labAt(small, i);
    let least = Infinity;
    for (const skin of skins) least = Math.min(least, (a - skin[1]) ** 2 + (b - skin[2]) ** 2);
    map[i] = 1 - smoothstep(likeFace.surely, likeFace.hardly, Math.sqrt(least));
  }
}

/** The colour in the middle of a face. */
function medianColour(small: Picture, face: Face): readonly [number, number, number] {
  const found: [number[], number[], number[]] = [[], [], []];
  for (let y = -0.25; y <= 0.25; y += 0.05) {
    for (let x = -0.25; x <= 0.25; x += 0.05) {
      const px = Math.round((face.x + x * face.width) * small.width);
      const py = Math.round((face.y + y * face.height) * small.height);
      if (px < 0 || py < 0 || px >= small.width || py >= small.height) continue;
      labAt(small, py * small.width + px).forEach((value, k) => {
        found[k as 0 | 1 | 2].push(value);
      });
    }
  }
  const middle = (values: number[]) => values.sort((one, two) => one - two)[values.length >> 1] ?? 0;
  return [middle(found[0]), middle(found[1]), middle(found[2])];
}
