import type { PictureHeader } from './picture-header.ts';

/** Whether this browser has a decoder that takes a size. */
export const canReduce = () => typeof ImageDecoder === 'function';

/**
 * Unpacks a JPEG smaller than it is, upright, in browsers whose decoder leaves pixels out on the way instead of afterwards: a
 * quarter of the memory for half of the sides. The longest side becomes the first eighth of the original's that is no less
 * than `least`, in pixels. Null where it does not come to anything.
 */
export async function unpackReduced(
  blob: Blob,
  { type, width, height }: PictureHeader,
  least: number,
): Promise<ImageBitmap | null> {
  const eighths = Math.ceil((8 * least) / Math.max(width, height));
  if (type !== 'image/jpeg' || eighths > 7 || !canReduce()) return null;
  let decoder: ImageDecoder | null = null;
  try {
    if (!(await ImageDecoder.isTypeSupported(type))) return null;
    decoder = new ImageDecoder({
      data: blob.stream(),
      type,
      // The decoder takes the largest eighth that is no larger than this.
      desiredWidth: Math.ceil((width * eighths) / 8),
      desiredHeight: Math.ceil((height * eighths) / 8),
    });
    const { image } = await decoder.decode();
    try {
      return await createImageBitmap(image, { imageOrientation: 'from-image' });
    } finally {
      image.close();
    }
  } catch {
    return null;
  } finally {
    decoder?.close();
  }
}
