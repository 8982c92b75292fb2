import sharp from 'sharp';
import { gaussian } from '../kernels/gaussian.ts';
import { fitted, resizePicture } from '../kernels/resize.ts';
import { findFaces } from '../people/find-faces.ts';
import { luma, newPicture, type Picture, smoothstep } from '../raster.ts';
import { labAt } from './oklab.ts';

/** A picture whose palette, light and texture are to be taken. */
export type Reference = {
  /** As large as its texture is looked at. */
  readonly picture: Picture;
  /** A small copy, for colours. */
  readonly small: Picture;
  /** 0 for a picture of smooth surfaces, such as a photo; 1 for cloth, paper, paint: texture everywhere. */
  readonly texture: number;
  /** How colourful it is: 0 for black and white, 1 for an ordinary picture and beyond. */
  readonly colour: number;
};

const largestSide = 1280;
const smallSide = 256;
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
  const picture = newPicture(info.width, info.height);
  const step = info.channels;
  const [green, blue] = step >= 3 ? [1, 2] : [0, 0];
  for (let i = 0, at = 0; i < picture.r.length; i++, at += step) {
    picture.r[i] = (data[at] as number) / 255;
    picture.g[i] = (data[at + green] as number) / 255;
    picture.b[i] = (data[at + blue] as number) / 255;
  }
  const size = fitted(picture, Math.min(smallSide, Math.max(info.width, info.height)));
  const small = resizePicture(picture, size.width, size.height, 'smooth');
  // A portrait is a photo, however busy: its hair and cloth are no texture for somebody else's picture.
  const hasFace = (await findFaces(small)).some(({ score }) => score > sureScore);
  return { picture, small, texture: hasFace ? 0 : textureOf(small), colour: colourOf(small) };
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
  return smoothstep(0.008, 0.026, busy[Math.floor(busy.length * 0.3)] as number);
}

function colourOf(small: Picture): number {
  let sum = 0;
  for (let i = 0; i < small.r.length; i += 3) {
    const [, a, b] = labAt(small, i);
    sum += Math.hypot(a, b);
  }
  return smoothstep(0.008, 0.03, sum / Math.ceil(small.r.length / 3));
}
