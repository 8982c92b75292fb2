import { readHeader } from '#lib/files/picture/picture-header.ts';
import { withItsEnd } from '#lib/files/picture/picture-kind.ts';
import { unpackReduced } from '#lib/files/picture/unpack-reduced.ts';
import { fitted, resizePicture } from '../paint/kernels/resize.ts';
import { shrinkInBands } from '../paint/kernels/shrink-bands.ts';
import type { Picture } from '../paint/raster.ts';
import { DeviceEngineError } from './device-view.ts';

/** More than this is never unpacked whole: a telephone's tab would be killed. */
const mostPixels = 50_000_000;
/** How many pixels are read out of the browser at once: four bytes each. */
const bandPixels = 1_500_000;

/** A photo of any size as the browser unpacks it: upright. */
export type Unpacked = { readonly bitmap: ImageBitmap; readonly width: number; readonly height: number };

/**
 * Unpacks whatever this browser can, by its bytes: the declared type is not asked. The bitmap has at least `longest`
 * pixels along its longest side where the original has; `width` and `height` are the upright original's.
 */
export async function unpack(blob: Blob, longest: number): Promise<Unpacked> {
  const header = await readHeader(blob);
  // Some more than are wanted: the rest is left out by our own kernel.
  const reduced = header && (await unpackReduced(blob, header, 1.5 * longest));
  if (reduced) {
    const isTurned = reduced.width > reduced.height !== header.width > header.height;
    const [width, height] = isTurned ? [header.height, header.width] : [header.width, header.height];
    return { bitmap: reduced, width, height };
  }
  if (header && header.width * header.height > mostPixels)
    throw new DeviceEngineError('tooLarge', `${header.width}x${header.height}`);
  const typed = header ? blob.slice(0, blob.size, header.type) : blob;
  const kind = header && kindOfType[header.type];
  const bitmap = await decoded(typed).catch((error: unknown) => {
    // A file that lacks nothing but its end is opened by some browsers only with one.
    const ended = kind ? withItsEnd(blob, kind) : null;
    if (!ended) throw error;
    return decoded(ended);
  });
  if (bitmap.width * bitmap.height > mostPixels) {
    bitmap.close();
    throw new DeviceEngineError('tooLarge');
  }
  return { bitmap, width: bitmap.width, height: bitmap.height };
}

const kindOfType: Readonly<Record<string, 'jpeg' | 'png'>> = { 'image/jpeg': 'jpeg', 'image/png': 'png' };

async function decoded(source: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(source, { imageOrientation: 'from-image' });
  } catch (error) {
    throw new DeviceEngineError('undecodable', String(error));
  }
}

/** A canvas to draw on; transparency comes to lie on white, as it does on the server. */
export function whiteCanvas(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new DeviceEngineError('unsupported', 'no canvas');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

/** The bitmap as a picture no larger than `longest`, read and shrunk band by band with our own kernel. */
export function readBitmap(bitmap: ImageBitmap, longest: number): Picture {
  const { width, height } = bitmap;
  const size = fitted(bitmap, Math.min(longest, Math.max(width, height)));
  const times = Math.max(1, Math.floor(Math.min(width / size.width, height / size.height)));
  const rows = Math.max(1, Math.floor(bandPixels / width));
  const shrink = shrinkInBands(width, height, times);
  const { context } = whiteCanvas(width, Math.min(rows, height));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    context.fillRect(0, 0, width, count);
    context.drawImage(bitmap, 0, top, width, count, 0, 0, width, count);
    shrink.add(context.getImageData(0, 0, width, count).data, count);
  }
  const near = shrink.finish();
  return near.width === size.width && near.height === size.height
    ? near
    : resizePicture(near, size.width, size.height, 'crisp');
}
