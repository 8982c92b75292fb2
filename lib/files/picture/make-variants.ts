import { createHash } from 'node:crypto';
import { rgbaToThumbHash } from 'thumbhash';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import {
  encodings,
  type FirstVariantName,
  type LaterVariantName,
  pictureLimits,
  type StoredType,
  scaledVariants,
  type VariantName,
  variantTypes,
} from '../policy.ts';

/** Decoded pixels: upright, 8-bit sRGB, no alpha. */
export type RawPixels = { readonly data: Buffer; readonly width: number; readonly height: number };

export type Variant = {
  readonly bytes: Buffer;
  readonly mimeType: StoredType;
  readonly width: number;
  readonly height: number;
};

/** A picture ready to be kept: every size, re-encoded by us, and what the pages need to know of it. */
export type PreparedPicture = {
  readonly variants: Readonly<Record<FirstVariantName, Variant>>;
  readonly width: number;
  readonly height: number;
  /** Base64 of the ThumbHash, shown until the picture arrives. */
  readonly thumbhash: string;
  /** Hex, of the original variant's bytes. */
  readonly sha256: string;
};

/**
 * Makes every first size from decoded pixels, which are used up. `original`, when given, is kept as it is (a result is
 * already encoded by the engine); otherwise the pixels are encoded. Scaling goes from size to size, and each size is
 * encoded while the next is scaled.
 */
export async function makeVariants(pixels: RawPixels, original?: Buffer): Promise<PreparedPicture> {
  const encoded: Promise<readonly [FirstVariantName, Variant]>[] = [];
  const start = (name: FirstVariantName, size: RawPixels, work: () => Promise<Buffer>) => {
    const variant = encode(name, size, work);
    // Failures are met below, when the sizes after it have been started.
    variant.catch(() => undefined);
    encoded.push(variant);
  };
  start('original', pixels, async () => original ?? open(pixels).jpeg(encodings.jpeg).toBuffer());
  const scaled = new Set([pixels]);
  let current = pixels;
  let hash: Promise<string> | undefined;
  try {
    for (const { name, width } of scaledVariants) {
      current = await shrink(current, { width });
      scaled.add(current);
      const size = current;
      start(name, size, () => open(size).webp(encodings.webp).toBuffer());
    }
    hash = thumbhashOf(current);
    const [thumbhash, ...sizes] = await Promise.all([hash, ...encoded]);
    const variants = Object.fromEntries(sizes) as Record<FirstVariantName, Variant>;
    return {
      variants,
      width: pixels.width,
      height: pixels.height,
      thumbhash,
      sha256: createHash('sha256').update(variants.original.bytes).digest('hex'),
    };
  } finally {
    // Also after one has failed: those that still read the source must have ended.
    await Promise.allSettled([hash, ...encoded]);
    for (const size of scaled) free(size);
  }
}

/**
 * Gives pixels back at once. Left to the collector they pile up to sixty megabytes, and it is they that call it: in the
 * middle of another picture, which then waits.
 */
function free({ data }: RawPixels): void {
  const { buffer, byteLength } = data;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** The AVIF sizes of a kept original, one after the other: nobody waits for them. */
export async function makeLaterVariants(original: Buffer): Promise<Record<LaterVariantName, Variant>> {
  const { data, info } = await sharp(original, { limitInputPixels: pictureLimits.maxPixels })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  let current: RawPixels = { data, width: info.width, height: info.height };
  const sizes: (readonly [LaterVariantName, Variant])[] = [];
  for (const { later, width } of scaledVariants) {
    current = await shrink(current, { width });
    const size = current;
    sizes.push(await encode(later, size, () => open(size).avif(encodings.avif).toBuffer()));
  }
  return Object.fromEntries(sizes) as Record<LaterVariantName, Variant>;
}

async function encode<Name extends VariantName>(
  name: Name,
  { width, height }: RawPixels,
  work: () => Promise<Buffer>,
): Promise<readonly [Name, Variant]> {
  return [name, { bytes: await work(), mimeType: variantTypes[name], width, height }];
}

function open(pixels: RawPixels) {
  const { data, width, height } = pixels;
  return sharp(data, {
    raw: { width, height, channels: 3 },
    limitInputPixels: pictureLimits.maxPixels,
  }).timeout({ seconds: pictureLimits.decodeTimeoutSeconds });
}

async function shrink(pixels: RawPixels, box: { width: number; height?: number }): Promise<RawPixels> {
  if (pixels.width <= box.width && pixels.height <= (box.height ?? Number.POSITIVE_INFINITY)) return pixels;
  const { data, info } = await open(pixels)
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function thumbhashOf(pixels: RawPixels): Promise<string> {
  const small = await shrink(pixels, { width: 100, height: 100 });
  const rgba = await open(small).ensureAlpha().raw().toBuffer();
  return Buffer.from(rgbaToThumbHash(small.width, small.height, rgba)).toString('base64');
}
