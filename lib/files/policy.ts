import type { ErrorCode } from '#lib/core/errors.ts';

/** What may come in. Also read by the browser, so that nobody waits for an upload that must be refused. */
export const pictureLimits = {
  maxBytes: 10 * 1024 * 1024,
  maxPixels: 40_000_000,
  maxSide: 12_000,
  /** The kept original is scaled down to this; engines and screens need less. */
  keptSide: 4096,
  decodeTimeoutSeconds: 15,
  maxNameLength: 120,
} as const;

/** Exact types: `image/*` would let SVG through. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** The sizes in which every picture is kept. */
export const variantNames = ['original', 'w320', 'w640', 'w1280'] as const;
export type VariantName = (typeof variantNames)[number];

export const variantTypes = {
  original: 'image/jpeg',
  w320: 'image/webp',
  w640: 'image/webp',
  w1280: 'image/webp',
} as const satisfies Record<VariantName, PictureType>;

/** The widths of the smaller sizes, largest first: each is made from the one before. */
export const scaledVariants = [
  { name: 'w1280', width: 1280 },
  { name: 'w640', width: 640 },
  { name: 'w320', width: 320 },
] as const satisfies readonly { name: VariantName; width: number }[];

export const uploadLimits = {
  /** How long a signed upload address is good for. */
  addressTtlSeconds: 15 * 60,
  /** How long an unfinished or finished registration is remembered. */
  keptHours: 24,
  /** Vendors choose many files at once. */
  maxGalleryFiles: 20,
} as const;

/** A signed address of a private picture never lives longer. */
export const maxSignedSeconds = 60;

export function isVariantName(name: string): name is VariantName {
  return (variantNames as readonly string[]).includes(name);
}

/**
 * What can be said against a file before a byte of it is sent, by what its sender says of it. Null when
 * nothing can; its content decides later.
 */
export function declaredProblem(file: { name: string; size: number; type: string }): ErrorCode | null {
  if (/^image\/hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name)) return 'file.heic';
  if (/^image\/svg/i.test(file.type)) return 'file.svg';
  if (file.size < 1 || !(pictureTypes as readonly string[]).includes(file.type)) return 'file.notPicture';
  if (file.size > pictureLimits.maxBytes) return 'file.tooLarge';
  return null;
}
