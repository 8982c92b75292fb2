import sharp, { type Sharp } from 'sharp';
import { fitted } from '../paint/kernels/resize.ts';
import { longestInBands, paintedSize } from '../paint/painted-size.ts';
import { type Pixels, pictureOf, threeBytes } from '../paint/pixels.ts';
import type { Picture } from '../paint/raster.ts';
import { largestReference } from '../paint/reference/read-reference.ts';
import type { Swatch } from '../paint/reference/weave-texture.ts';

/** More than any accepted photo has; a last guard against pictures that unpack to gigabytes. */
const mostPixels = 60_000_000;

function open(file: Uint8Array): Sharp {
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp(file, { limitInputPixels: mostPixels, failOn: 'error' });
}

/** Upright, without transparency, in sRGB, at exactly this size. */
async function pixelsOf(source: Sharp, size: { width: number; height: number }): Promise<Pixels> {
  const { data, info } = await source
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, step: info.channels as Pixels['step'], bytes: data };
}

/** Unpacks a photo at the size it will be painted or at `longest`. Throws for what cannot be decoded. */
export async function decodePhoto(photo: Uint8Array, longest?: number): Promise<Picture> {
  const source = open(photo);
  const { autoOrient } = await source.metadata();
  const size = longest ? fitted(autoOrient, longest) : paintedSize(autoOrient.width, autoOrient.height);
  return pictureOf(await pixelsOf(source, size));
}

/** Above this longest side a photo is painted in bands where it can be, and measured on a copy of this size: smaller ones are quicker as a whole. */
const bandsAbove = 1280;

/** A photo that is to be painted in bands: its bytes, three a pixel, and the copy it is measured on. */
export type BandedPhoto = {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  readonly copy: Picture;
};

/** Unpacks a photo to be painted in bands, as large as a result may be; null for one that is better painted whole. */
export async function decodeForBands(photo: Uint8Array): Promise<BandedPhoto | null> {
  const source = open(photo);
  const { autoOrient } = await source.metadata();
  if (Math.max(autoOrient.width, autoOrient.height) <= bandsAbove) return null;
  const pixels = await pixelsOf(source, paintedSize(autoOrient.width, autoOrient.height, longestInBands));
  const { width, height } = pixels;
  const bytes = threeBytes(pixels);
  const small = fitted(pixels, bandsAbove);
  const { data } = await sharp(bytes, { raw: { width, height, channels: 3 } })
    .resize(small.width, small.height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width, height, bytes, copy: pictureOf({ ...small, step: 3, bytes: data }) };
}

/** Unpacks a picture that others are to look like, as large as its texture is laid. */
export async function decodeReference(file: Uint8Array): Promise<Swatch> {
  const source = open(file);
  const { autoOrient } = await source.metadata();
  const longest = Math.max(autoOrient.width, autoOrient.height);
  const pixels = await pixelsOf(source, fitted(autoOrient, Math.min(largestReference, longest)));
  return { width: pixels.width, height: pixels.height, pixels: threeBytes(pixels) };
}
