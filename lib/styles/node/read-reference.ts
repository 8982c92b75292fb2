import sharp from 'sharp';
import { gaussian } from '../paint/kernels/gaussian.ts';
import { fitted, resizePicture } from '../paint/kernels/resize.ts';
import { findFaces } from '../paint/people/find-faces.ts';
import { luma, newPicture, type Picture, type Plane, smoothstep } from '../paint/raster.ts';
import { matchedSide } from '../paint/reference/match-texture.ts';
import { labAt } from '../paint/reference/oklab.ts';
import type { Swatch } from '../paint/reference/weave-texture.ts';

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
};

const largestSide = 1024;
const mostPixels = 60_000_000;
const sureScore = 0.8;

/** Unpacks a reference and looks at what there is to be taken from it. */
export async function readReference(file: Uint8Array): Promise<Reference> {
  const { data, info } = await sharp(file, { limitInputPixels: mostPixels, failOn: 'error' })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(largestSide, largestSide, { fit: 'inside', withoutEnlargement: true })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const swatch = { width: info.width, height: info.height, pixels: threeBytes(data, info.channels) };
  const small = smallCopy(swatch);
  // A portrait is a photo, however busy: its hair and cloth are no texture for somebody else's picture.
  const hasFace = (await findFaces(small)).some(({ score }) => score > sureScore);
  return { swatch, small, texture: hasFace ? 0 : textureOf(small), colour: colourOf(small) };
}

/** Of each pixel red, green and blue, whatever the file had. */
function threeBytes(data: Uint8Array, step: number): Uint8Array {
  if (step === 3) return data;
  const [green, blue] = step > 3 ? [1, 2] : [0, 0];
  const pixels = new Uint8Array((data.length / step) * 3);
  for (let at = 0, from = 0; at < pixels.length; at += 3, from += step) {
    pixels[at] = data[from] as number;
    pixels[at + 1] = data[from + green] as number;
    pixels[at + 2] = data[from + blue] as number;
  }
  return pixels;
}

function smallCopy({ width, height, pixels }: Swatch): Picture {
  const picture = newPicture(width, height);
  for (let i = 0, at = 0; i < picture.r.length; i++, at += 3) {
    picture.r[i] = (pixels[at] as number) / 255;
    picture.g[i] = (pixels[at + 1] as number) / 255;
    picture.b[i] = (pixels[at + 2] as number) / 255;
  }
  const size = fitted(picture, Math.min(matchedSide, Math.max(width, height)));
  return resizePicture(picture, size.width, size.height, 'smooth');
}

/**
 * Cloth, paper and paint have texture nearly everywhere; a photo has calm places. So what counts is how busy
 * the calmer part of the picture is, in squares of a sixteenth.
 */
export function textureOf(small: Picture): number {
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
