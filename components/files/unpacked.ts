import type { PictureHeader } from '#lib/files/picture/picture-header.ts';
import { canReduce, unpackReduced } from '#lib/files/picture/unpack-reduced.ts';
import { pictureLimits } from '#lib/files/policy.ts';

/** A picture as the browser unpacks it, upright. */
export type Unpacked = {
  readonly source: ImageBitmap | HTMLImageElement;
  /** Of what was unpacked, in pixels; less than the original where the decoder left some out. */
  readonly size: { readonly width: number; readonly height: number };
  /** Of the upright original. */
  readonly width: number;
  readonly height: number;
  close(): void;
};

/** Of more pixels than are ever sent, two copies at once are what a telephone's tab is killed for. */
const manyPixels = pictureLimits.keptSide ** 2;

/** Whether this browser has to unpack all of a picture's pixels to show few of them, and they are many. */
export function isHeavy(header: PictureHeader | null): boolean {
  return header !== null && header.width * header.height > manyPixels && !canReduce();
}

/**
 * Unpacks a picture for being sent no larger than `longest` pixels; null where this browser cannot. Of a heavy one there is
 * no bitmap: an image element is drawn from the decoder's own memory.
 *
 * @param ended The same with the end that it lacks: some browsers open nothing without one.
 */
export async function unpackPicture(
  blob: Blob,
  header: PictureHeader | null,
  longest: number,
  ended: Blob | null,
): Promise<Unpacked | null> {
  // A twentieth less is not worth half as many pixels again.
  const reduced = header && !ended ? await unpackReduced(blob, header, 0.95 * longest) : null;
  if (reduced && header) {
    const isTurned = reduced.width > reduced.height !== header.width > header.height;
    const [width, height] = isTurned ? [header.height, header.width] : [header.width, header.height];
    return ofBitmap(reduced, width, height);
  }
  if (!ended && (isHeavy(header) || blob.type === 'image/heic')) return ofElement(blob);
  const bitmap = await bitmapOf(blob).catch(() => ended && bitmapOf(ended).catch(() => null));
  return bitmap && ofBitmap(bitmap, bitmap.width, bitmap.height);
}

const bitmapOf = (blob: Blob) => createImageBitmap(blob, { imageOrientation: 'from-image' });

function ofBitmap(bitmap: ImageBitmap, width: number, height: number): Unpacked {
  const size = { width: bitmap.width, height: bitmap.height };
  return { source: bitmap, size, width, height, close: () => bitmap.close() };
}

function ofElement(blob: Blob): Promise<Unpacked | null> {
  const image = new Image();
  const url = URL.createObjectURL(blob);
  const close = () => {
    image.removeAttribute('src');
    URL.revokeObjectURL(url);
  };
  return new Promise((resolve) => {
    image.onload = () => {
      const size = { width: image.naturalWidth, height: image.naturalHeight };
      resolve({ source: image, size, ...size, close });
    };
    image.onerror = () => {
      close();
      resolve(null);
    };
    image.src = url;
  });
}

/** In memory of the processor: nothing is copied to the graphics card and back, which WebKit does not give back for long. */
export function canvasOf(width: number, height: number) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context) {
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
  }
  return {
    canvas,
    context,
    // Safari keeps the memory of a canvas until it is collected.
    free: () => {
      canvas.width = 0;
    },
  };
}

/** A block of a JPEG is this wide and high. */
const block = 8;

/**
 * Whether a block in a corner is all of one colour, as decoders leave what is missing of a photo: the last block of a cut one
 * is in one of the corners, wherever it was turned. So is the sky of many a whole one.
 */
export function hasFlatCorner({ source, size }: Unpacked): boolean {
  const { context, free } = canvasOf(2 * block, 2 * block);
  if (!context) return false;
  const [right, bottom] = [size.width - block, size.height - block];
  const corners = [
    [0, 0],
    [right, 0],
    [0, bottom],
    [right, bottom],
  ] as const;
  try {
    return corners.some(([x, y]) => {
      context.drawImage(source, x, y, block, block, 0, 0, block, block);
      const { data } = context.getImageData(0, 0, block, block);
      return data.every((value, i) => value === data[i % 4]);
    });
  } finally {
    free();
  }
}
