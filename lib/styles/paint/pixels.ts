import { eachRun } from './each-row.ts';
import { hashNoise } from './kernels/random.ts';
import { newPicture, type Picture } from './raster.ts';

/** Pixels as decoders give and encoders take them: bytes of sRGB, `step` of them for each pixel, row by row. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly step: 1 | 2 | 3 | 4;
  readonly bytes: Uint8Array | Uint8ClampedArray;
};

/** Decoded pixels as a picture to paint. One or two bytes are grey (and opacity, which is not looked at). */
export function pictureOf({ width, height, step, bytes }: Pixels): Picture {
  const picture = newPicture(width, height);
  const [green, blue] = step >= 3 ? [1, 2] : [0, 0];
  eachRun(picture.r.length, readRun, { picture, step, green, blue, bytes });
  return picture;
}

type Read = Pick<Pixels, 'step' | 'bytes'> & { picture: Picture; green: number; blue: number };

function readRun({ picture: { r, g, b }, step, green, blue, bytes }: Read, from: number, to: number): void {
  for (let i = from, at = from * step; i < to; i++, at += step) {
    r[i] = (bytes[at] as number) / 255;
    g[i] = (bytes[at + green] as number) / 255;
    b[i] = (bytes[at + blue] as number) / 255;
  }
}

/** Of each pixel red, green and blue alone, whatever there was. */
export function threeBytes({ step, bytes }: Pixels): Uint8Array {
  if (step === 3 && bytes instanceof Uint8Array) return bytes;
  const [green, blue] = step >= 3 ? [1, 2] : [0, 0];
  const pixels = new Uint8Array((bytes.length / step) * 3);
  for (let at = 0, from = 0; at < pixels.length; at += 3, from += step) {
    pixels[at] = bytes[from] as number;
    pixels[at + 1] = bytes[from + green] as number;
    pixels[at + 2] = bytes[from + blue] as number;
  }
  return pixels;
}

/** A picture as the nearest bytes of red, green and blue, without the noise that a finished one is given. */
export function nearestBytes({ r, g, b }: Picture): Uint8Array {
  const bytes = new Uint8ClampedArray(r.length * 3);
  for (let i = 0, at = 0; i < r.length; i++, at += 3) {
    bytes[at] = 255 * (r[i] as number);
    bytes[at + 1] = 255 * (g[i] as number);
    bytes[at + 2] = 255 * (b[i] as number);
  }
  return new Uint8Array(bytes.buffer);
}

/**
 * Writes a finished picture as bytes, red, green, blue and with a step of 4 an opaque fourth. Half a level of fixed
 * noise before rounding keeps smooth skies and backdrops from showing steps; `first` is the first pixel's place in the
 * whole picture, where this is only rows of it.
 */
export function writePixels(
  picture: Picture,
  step: 3 | 4,
  bytes: Uint8Array | Uint8ClampedArray,
  first = 0,
): void {
  const { r, g, b } = picture;
  eachRun(r.length, writeRun, { r, g, b, step, bytes, first });
}

type Written = Pick<Pixels, 'step' | 'bytes'> & Pick<Picture, 'r' | 'g' | 'b'> & { first: number };

function writeRun({ r, g, b, step, bytes, first }: Written, from: number, to: number): void {
  for (let i = from, at = from * step; i < to; i++, at += step) {
    const dither = hashNoise(first + i, 0, 7) + 0.0001;
    bytes[at] = toByte(r[i] as number, dither);
    bytes[at + 1] = toByte(g[i] as number, dither);
    bytes[at + 2] = toByte(b[i] as number, dither);
    if (step === 4) bytes[at + 3] = 255;
  }
}

function toByte(value: number, dither: number): number {
  const scaled = value * 255 + dither;
  return scaled <= 0 ? 0 : scaled >= 255 ? 255 : scaled | 0;
}
