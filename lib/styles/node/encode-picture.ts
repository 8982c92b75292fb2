import sharp from 'sharp';
import { writePixels } from '../paint/pixels.ts';
import { letGo, type Picture } from '../paint/raster.ts';

/** Packs a finished picture, which it takes over, as a JPEG with full colour resolution. */
export async function encodePicture(picture: Picture): Promise<Buffer> {
  const { width, height } = picture;
  const bytes = Buffer.allocUnsafe(width * height * 3);
  writePixels(picture, 3, bytes);
  letGo(picture);
  return encodeBytes({ width, height, bytes });
}

/** The same of three finished bytes a pixel. */
export async function encodeBytes(finished: {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}): Promise<Buffer> {
  const { width, height, bytes } = finished;
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4', mozjpeg: false })
    .withIccProfile('srgb', { attach: false })
    .toBuffer();
}
