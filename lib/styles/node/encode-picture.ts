import sharp from 'sharp';
import { hashNoise } from '../paint/kernels/random.ts';
import type { Picture } from '../paint/raster.ts';

/**
 * Packs a finished picture as a JPEG with full colour resolution. Half a level of fixed noise before
 * rounding keeps smooth skies and backdrops from showing steps.
 */
export async function encodePicture(picture: Picture): Promise<Buffer> {
  const { width, height, r, g, b } = picture;
  const bytes = Buffer.allocUnsafe(width * height * 3);
  for (let i = 0, at = 0; i < r.length; i++, at += 3) {
    const dither = hashNoise(i, 0, 7) + 0.0001;
    bytes[at] = toByte(r[i] as number, dither);
    bytes[at + 1] = toByte(g[i] as number, dither);
    bytes[at + 2] = toByte(b[i] as number, dither);
  }
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4', mozjpeg: false })
    .withIccProfile('srgb', { attach: false })
    .toBuffer();
}

function toByte(value: number, dither: number): number {
  const scaled = value * 255 + dither;
  return scaled <= 0 ? 0 : scaled >= 255 ? 255 : scaled | 0;
}
