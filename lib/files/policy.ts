import type { ErrorCode } from '#lib/core/errors.ts';

/** What may come in. Also read by the browser, so that nobody waits for an upload that must be refused. */
export const pictureLimits = {
  maxBytes: 10 * 1024 * 1024,
  /** Of a file that is kept as it was sent: cameras write more than telephones. */
  maxSentBytes: 32 * 1024 * 1024,
  maxPixels: 40_000_000,
  maxSide: 12_000,
  /** Of the shorter side: what is smaller is a dot, not a photo. */
  minSide: 16,
  /** The kept original is scaled down to this; engines and screens need less. */
  keptSide: 4096,
  decodeTimeoutSeconds: 15,
  maxNameLength: 120,
} as const;

/** What is decoded here, by its bytes; also what a browser is told to offer. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** The sizes in which every picture is kept from the beginning. */
export const firstVariants = ['original', 'w320', 'w640', 'w1280'] as const;
export type FirstVariantName = (typeof firstVariants)[number];

/** The same sizes as AVIF: a third smaller, slow to make, added in the background to what many look at. */
export const laterVariants = ['a320', 'a640', 'a1280'] as const;
export type LaterVariantName = (typeof laterVariants)[number];

/** What is made when somebody first needs it, and kept: the card of a shared result. */
const extraVariants = ['card'] as const;
export type ExtraVariantName = (typeof extraVariants)[number];

export const variantNames = [...firstVariants, ...laterVariants, ...extraVariants] as const;
export type VariantName = (typeof variantNames)[number];

export type StoredType = Exclude<PictureType, 'image/gif'>;

export const variantTypes = {
  original: 'image/jpeg',
  w320: 'image/webp',
  w640: 'image/webp',
  w1280: 'image/webp',
  a320: 'image/avif',
  a640: 'image/avif',
  a1280: 'image/avif',
  card: 'image/jpeg',
} as const satisfies Record<VariantName, StoredType>;

/** The widths of the smaller sizes, largest first: each is made from the one before. */
export const scaledVariants = [
  { name: 'w1280', later: 'a1280', width: 1280 },
  { name: 'w640', later: 'a640', width: 640 },
  { name: 'w320', later: 'a320', width: 320 },
] as const satisfies readonly { name: FirstVariantName; later: LaterVariantName; width: number }[];

export const uploadLimits = {
  /** How long a signed upload address is good for. */
  addressTtlSeconds: 15 * 60,
  /** How long an upload that was taken in or refused is remembered. */
  keptHours: 24,
  /** How long one that is not finished is. */
  openHours: 1,
  /** One that lies still for so long gives way to the next; to another attempt at the same file sooner. */
  idleSeconds: 120,
  againSeconds: 10,
  /** What one account may have open at once, in bytes as declared. */
  openBytes: 60 * 1024 * 1024,
  openGalleryBytes: 300 * 1024 * 1024,
  /** What all unfinished uploads may take on this machine's disk, and what they leave free on it. */
  partsBytes: 4 * 1024 * 1024 * 1024,
  freeBytes: 512 * 1024 * 1024,
  /** Vendors choose many files at once. */
  maxGalleryFiles: 100,
} as const;

/** How long a person keeps a photo: until they delete it, 30 days, or one. */
export const photoLives = ['keep', 'month', 'day'] as const;
export type PhotoLife = (typeof photoLives)[number];

/** A signed address of a private picture never lives longer. */
export const maxSignedSeconds = 60;

/** How hard encoders try. WebP is waited for, AVIF is not; both look alike at these qualities. */
export const encodings = {
  jpeg: { quality: 92 },
  webp: { quality: 80, effort: 1 },
  avif: { quality: 55, effort: 1 },
} as const;

export function isVariantName(name: string): name is VariantName {
  return (variantNames as readonly string[]).includes(name);
}

/** What systems call a file that they know nothing of, or know by another name; its content decides. */
const vagueTypes = /^$|^image\/|^application\/octet-stream$/i;

/**
 * What can be said against a file before a byte of it is sent, by what its sender says of it. Null when
 * nothing can; its content decides later.
 */
export function declaredProblem(
  file: { name: string; size: number; type: string },
  maxBytes: number = pictureLimits.maxBytes,
): ErrorCode | null {
  if (/^image\/hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name)) return 'file.heic';
  if (/^image\/svg/i.test(file.type)) return 'file.svg';
  if (file.size < 1 || !vagueTypes.test(file.type)) return 'file.notPicture';
  if (file.size > maxBytes) return 'file.tooLarge';
  return null;
}

export const sweepLimits = {
  /** What is younger may belong to work that is still going on. */
  untouchedHours: 24,
  /** How long trash is kept, and how long a row waits for its file to come back. */
  graceHours: 7 * 24,
  /** From here on, "most of it is lost" is believed to be our own mistake. */
  manyOrphans: 20,
  /** A result that is not there is looked for so long before its charge comes back; an upload for the grace above. */
  lostResultSeconds: 600,
} as const;
