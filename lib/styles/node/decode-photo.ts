import sharp from 'sharp';
import { fitted } from '../paint/kernels/resize.ts';
import { newPicture, type Picture } from '../paint/raster.ts';

/** The longest side a result may have. */
export const longestSide = 2048;
/** Small photos are painted at up to twice their size, until they reach this. */
const comfortableSide = 1024;
/** More than any accepted photo has; a last guard against pictures that unpack to gigabytes. */
const mostPixels = 60_000_000;

/** The size a photo of this size is painted at. */
export function paintedSize(width: number, height: number): { width: number; height: number } {
  const longest = Math.max(width, height);
  const wanted = Math.min(longestSide, Math.max(longest, Math.min(comfortableSide, longest * 2)));
  const scale = wanted / longest;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Unpacks a photo: upright, without transparency, in sRGB, at the size it will be painted or at `longest`. */
export async function decodePhoto(photo: Buffer, longest?: number): Promise<Picture> {
  sharp.cache(false);
  sharp.concurrency(1);
  const source = sharp(photo, { limitInputPixels: mostPixels, failOn: 'error' });
  const { autoOrient } = await source.metadata();
  const size = longest ? fitted(autoOrient, longest) : paintedSize(autoOrient.width, autoOrient.height);
  const { data, info } = await source
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
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
  return picture;
}
