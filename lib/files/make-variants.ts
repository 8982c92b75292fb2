import { createHash } from 'node:crypto';
import { rgbaToThumbHash } from 'thumbhash';
import { sharp } from '#lib/core/image-runtime.ts';
import { type PictureType, pictureLimits, scaledVariants, type VariantName, variantTypes } from './policy.ts';

/** Decoded pixels: upright, 8-bit sRGB, no alpha. */
export type Pixels = { readonly data: Buffer; readonly width: number; readonly height: number };

export type Variant = {
  readonly bytes: Buffer;
  readonly mimeType: PictureType;
  readonly width: number;
  readonly height: number;
};

/** A picture ready to be kept: every size, re-encoded by us, and what the pages need to know of it. */
export type PreparedPicture = {
  readonly variants: Readonly<Record<VariantName, Variant>>;
  readonly width: number;
  readonly height: number;
  /** Base64 of the ThumbHash, shown until the picture arrives. */
  readonly thumbhash: string;
  /** Hex, of the original variant's bytes. */
  readonly sha256: string;
};

const webp = { quality: 80, effort: 3 } as const;

/**
 * Makes every kept size from decoded pixels. `original`, when given, is kept as it is (a result is
 * already encoded by the engine); otherwise the pixels are encoded.
 */
export async function makeVariants(pixels: Pixels, original?: Buffer): Promise<PreparedPicture> {
  const first = original ?? (await open(pixels).jpeg({ quality: 92 }).toBuffer());
  const variants: Partial<Record<VariantName, Variant>> = {
    original: {
      bytes: first,
      mimeType: variantTypes.original,
      width: pixels.width,
      height: pixels.height,
    },
  };
  let current = pixels;
  for (const { name, width } of scaledVariants) {
    current = await shrink(current, { width });
    const bytes = await open(current).webp(webp).toBuffer();
    variants[name] = { bytes, mimeType: variantTypes[name], width: current.width, height: current.height };
  }
  return {
    variants: variants as Record<VariantName, Variant>,
    width: pixels.width,
    height: pixels.height,
    thumbhash: await thumbhashOf(current),
    sha256: createHash('sha256').update(first).digest('hex'),
  };
}

function open(pixels: Pixels) {
  const { data, width, height } = pixels;
  return sharp(data, {
    raw: { width, height, channels: 3 },
    limitInputPixels: pictureLimits.maxPixels,
  }).timeout({ seconds: pictureLimits.decodeTimeoutSeconds });
}

async function shrink(pixels: Pixels, box: { width: number; height?: number }): Promise<Pixels> {
  if (pixels.width <= box.width && pixels.height <= (box.height ?? Number.POSITIVE_INFINITY)) return pixels;
  const { data, info } = await open(pixels)
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function thumbhashOf(pixels: Pixels): Promise<string> {
  const small = await shrink(pixels, { width: 100, height: 100 });
  const rgba = await open(small).ensureAlpha().raw().toBuffer();
  return Buffer.from(rgbaToThumbHash(small.width, small.height, rgba)).toString('base64');
}
