import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { fitted, resizePicture } from '../kernels/resize.ts';
import { findFaces } from '../people/find-faces.ts';
import type { Models } from '../people/models.ts';
import { pictureOf } from '../pixels.ts';
import { clamp, luma, type Picture, type Plane, smoothstep } from '../raster.ts';
import { matchedSide } from './match-texture.ts';
import { labAt } from './oklab.ts';
import { subjectOf } from './plain-background.ts';
import type { Swatch } from './weave-texture.ts';

/** A picture whose palette, light and texture are to be taken. */
export type Reference = {
  /** As large as its texture is laid. */
  readonly swatch: Swatch;
  /** A small copy, for colours and for finding what suits where. */
  readonly small: Picture;
  /** 0 for a picture of smooth surfaces, such as a photo; 1 for cloth, paper, paint: texture everywhere. */
  readonly texture: number;
  /** How colourful it is: 0 for black and white, 1 for an ordinary picture and beyond. */
  readonly colour: number;
  /** Null, or 0 on a plain background, whose colour is nobody's palette. */
  readonly subject: Plane | null;
};

/** A reference is unpacked at this longest side at most, in pixels. */
export const largestReference = 1024;
const sureScore = 0.8;

/**
 * Looks at what there is to be taken from a picture, which is no larger than {@link largestReference}; with a region,
 * from that part alone.
 */
export async function readReference(
  whole: Swatch,
  models: Models,
  region: LookRegion | null = null,
): Promise<Reference> {
  const swatch = region ? cutSwatch(whole, region) : whole;
  const picture = pictureOf({ ...swatch, step: 3, bytes: swatch.pixels });
  const size = fitted(picture, Math.min(matchedSide, Math.max(swatch.width, swatch.height)));
  const small = resizePicture(picture, size.width, size.height, 'smooth');
  // A portrait is a photo, however busy: its hair and cloth are no texture for somebody else's picture.
  const hasFace = (await findFaces(models, small)).some(({ score }) => score > sureScore);
  return {
    swatch,
    small,
    texture: hasFace ? 0 : textureOf(small),
    colour: colourOf(small),
    subject: subjectOf(small),
  };
}

function cutSwatch({ width, height, pixels }: Swatch, region: LookRegion): Swatch {
  const left = Math.round(clamp(region.x, 0, 0.98) * width);
  const top = Math.round(clamp(region.y, 0, 0.98) * height);
  const w = Math.max(1, Math.min(width - left, Math.round(region.width * width)));
  const h = Math.max(1, Math.min(height - top, Math.round(region.height * height)));
  const out = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y++) {
    const from = ((top + y) * width + left) * 3;
    out.set(pixels.subarray(from, from + w * 3), y * w * 3);
  }
  return { width: w, height: h, pixels: out };
}

/**
 * Cloth, paper and paint have texture nearly everywhere; a photo has calm places. So what counts is how busy
 * the calmer part of the picture is, in squares of a sixteenth.
 */
function textureOf(small: Picture): number {
  const light = luma(small);
  const soft = gaussian(light, 2.4).data;
  const { width, height } = light;
  const side = Math.max(4, Math.round(Math.max(width, height) / 16));
  const busy: number[] = [];
  for (let top = 0; top + side <= height; top += side) {
    for (let left = 0; left + side <= width; left += side) {
      let sum = 0;
      for (let y = top; y < top + side; y++) {
        for (let x = left; x < left + side; x++) {
          const i = y * width + x;
          sum += ((light.data[i] as number) - (soft[i] as number)) ** 2;
        }
      }
      busy.push(Math.sqrt(sum / (side * side)));
    }
  }
  if (busy.length === 0) return 0;
  busy.sort((one, two) => one - two);
  const busiest = smoothstep(0.008, 0.026, busy[Math.floor(busy.length * 0.3)] as number);
  return busiest * (1 - smoothstep(0.2, 0.34, flatShare(light)));
}

/**
 * How much of a picture is one plain colour beside the next: tiles and stripes are busy at their borders alone,
 * and in somebody's sky a border is a crack.
 */
function flatShare({ width, height, data }: Plane): number {
  let flat = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const across = Math.abs((data[i + 1] as number) - (data[i - 1] as number));
      const down = Math.abs((data[i + width] as number) - (data[i - width] as number));
      if (Math.max(across, down) < 0.012) flat += 1;
    }
  }
  return flat / Math.max(1, (width - 2) * (height - 2));
}

function colourOf(small: Picture): number {
  let sum = 0;
  for (let i = 0; i < small.r.length; i += 3) {
    const [, a, b] = labAt(small, i);
    sum += Math.hypot(a, b);
  }
  return smoothstep(0.008, 0.03, sum / Math.ceil(small.r.length / 3));
}
