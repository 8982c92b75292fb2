import { eachRun } from '../each-row.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { faceMap } from '../people/face-map.ts';
import { letGo, type Plane, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';

/** In units: a face of this height needs help as a small one, and one of this height none. */
const heights = { small: 120, large: 220 };
/** How large eyes and mouths of small faces are, in units. */
const feature = 3;

/**
 * How much each place lies on a face that is too small for the technique: 1 on one that is drawn with a dozen strokes, 0 on a
 * portrait and beside faces. Null where no face is small. `printed` is how large the photo is printed, of its own size.
 */
export function smallFaces({ photo, faces, unit }: Scene, printed = 1): Plane | null {
  const { width, height } = photo;
  const small = faces.map((face) => ({
    face,
    share: 1 - smoothstep(heights.small, heights.large, (face.height * height * printed) / unit),
  }));
  const found = small.filter(({ share }) => share > 0);
  const [first, ...rest] = found;
  if (!first) return null;
  const map = scaled(faceMap(width, height, [first.face]), first.share);
  for (const { face, share } of rest) {
    const own = scaled(faceMap(width, height, [face]), share);
    eachRun(map.data.length, mostRun, { most: map.data, other: own.data });
    letGo(own);
  }
  return map;
}

/** Makes eyes, noses and mouths of small faces stand out by so much more from the light of their surroundings, in place. */
export function bringOutFeatures(light: Plane, small: Plane | null, unit: number, gain = 1): void {
  if (!small) return;
  const around = gaussian(light, feature * unit);
  eachRun(light.data.length, featureRun, { light: light.data, around: around.data, small: small.data, gain });
  letGo(around);
}

type Featured = Readonly<Record<'light' | 'around' | 'small', Float32Array>> & { readonly gain: number };

function featureRun({ light, around, small, gain }: Featured, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const own = light[i] as number;
    light[i] = own + gain * (small[i] as number) * (own - (around[i] as number));
  }
}

function scaled(plane: Plane, share: number): Plane {
  if (share < 1) eachRun(plane.data.length, scaleRun, { data: plane.data, share });
  return plane;
}

function scaleRun({ data, share }: { data: Float32Array; share: number }, from: number, to: number): void {
  for (let i = from; i < to; i++) data[i] = (data[i] as number) * share;
}

function mostRun(
  { most, other }: Readonly<Record<'most' | 'other', Float32Array>>,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) most[i] = Math.max(most[i] as number, other[i] as number);
}
