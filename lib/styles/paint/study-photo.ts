import { gaussian } from './kernels/gaussian.ts';
import type { Models } from './people/models.ts';
import { luma, type Picture, type Plane } from './raster.ts';
import { readScene } from './scene.ts';

/** What can be measured of a photo in a moment. Light runs from 0 to 1. */
export type PhotoMeasures = {
  readonly meanLight: number;
  /** Between the darkest and the brightest twentieth. */
  readonly range: number;
  /** Fine detail where there is most of it, against the contrast there: about 0.05 when blurred, 0.3 when crisp. */
  readonly sharpness: number;
  readonly faces: number;
  /** Height of the largest face, as a share of the photo's. */
  readonly largestFace: number;
  /** Whether somebody is told apart from what is behind them. */
  readonly hasPerson: boolean;
};

/** The longest side of the copy that is measured, in pixels. */
export const studiedSide = 512;

/** Measures a photo, which it takes over; about a tenth of a second of the calling thread. */
export async function studyPhoto(picture: Picture, models: Models): Promise<PhotoMeasures> {
  const light = luma(picture);
  const sorted = Float32Array.from(light.data).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const meanLight = light.data.reduce((sum, value) => sum + value, 0) / light.data.length;
  const measured = { meanLight, range: at(0.95) - at(0.05), sharpness: sharpnessOf(light) };
  // Last, because reading the scene balances the picture it is given.
  const scene = await readScene(picture, { person: true }, models);
  return {
    ...measured,
    faces: scene.faces.length,
    largestFace: Math.max(0, ...scene.faces.map(({ height }) => height)),
    hasPerson: scene.person !== null,
  };
}

/**
 * How much of the contrast is fine detail, in the squares where that is most: a portrait before a soft
 * background is sharp, and so is a single sharp eye.
 */
function sharpnessOf(light: Plane): number {
  const { width, height, data } = light;
  const soft = gaussian(light, 1.1).data;
  const side = 24;
  const found: number[] = [];
  for (let top = 0; top + side <= height; top += side) {
    for (let left = 0; left + side <= width; left += side) {
      let [fine, sum, square] = [0, 0, 0];
      for (let y = top; y < top + side; y++) {
        for (let x = left; x < left + side; x++) {
          const value = data[y * width + x] as number;
          fine += (value - (soft[y * width + x] as number)) ** 2;
          sum += value;
          square += value * value;
        }
      }
      const count = side * side;
      const spread = Math.sqrt(Math.max(0, square / count - (sum / count) ** 2));
      // A flat square is neither sharp nor blurred.
      if (spread > 0.035) found.push(Math.sqrt(fine / count) / spread);
    }
  }
  if (found.length < 4) return 0;
  found.sort((one, two) => two - one);
  return found[Math.floor(found.length * 0.12)] ?? 0;
}
