import { readFile, stat } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { pictureLanes, pictureRetrySeconds, sharp } from '#lib/core/threads/image-runtime.ts';
import { type PictureType, pictureLimits } from '../policy.ts';
import { walkJpeg } from './jpeg-pixels.ts';
import { makeVariants, type PreparedPicture, type RawPixels } from './make-variants.ts';
import { mendedPng, withColoursAsProfile } from './png-chunks.ts';
import { sniffPicture } from './sniff-picture.ts';
import { withTrueLength } from './webp-chunks.ts';

export type AcceptedImage = PreparedPicture;

type TypedFile = { readonly type: PictureType; readonly bytes: Buffer };

/** A picture larger than this takes the room of two while it is decoded. */
const heavyPixels = 16_000_000;
/** Bytes of JPEG that are walked through in a few hundredths of a second. */
const mostWalked = 1_500_000;

/**
 * Takes bytes (or a file's path) that somebody sent and answers a picture that is safe to keep:
 * recognised by content, measured before it is decoded, turned upright, converted to 8-bit sRGB
 * without alpha and metadata, encoded anew. Knows no database and writes nothing.
 *
 * @param whose Who sends it: people who send many take turns with those who send one.
 */
export async function acceptImage(
  source: Buffer | string,
  whose = '',
  maxBytes: number = pictureLimits.maxBytes,
): Promise<Result<AcceptedImage>> {
  const read = await readBounded(source, maxBytes);
  if (!read.ok) return read;
  const bytes = read.value;

  const type = sniffPicture(bytes);
  if (!type.ok) return type;
  const file = { bytes: mended(type.value, bytes), type: type.value };
  const measured = await measure(file.bytes);
  if (!measured.ok) return measured;

  const weight = measured.value > heavyPixels ? 2 : 1;
  const result = await pictureLanes.run({ lane: 'person', weight, whose }, async () => {
    const pixels = await decode(file);
    return pixels.ok ? succeed(await makeVariants(pixels.value)) : pixels;
  });
  if (result) return result;
  return fail('service.unavailable', 'too many pictures are waiting to be decoded', {
    retryAfterSeconds: pictureRetrySeconds,
  });
}

async function readBounded(source: Buffer | string, maxBytes: number): Promise<Result<Buffer>> {
  try {
    const size = typeof source === 'string' ? (await stat(source)).size : source.length;
    if (size > maxBytes) return fail('file.tooLarge', `${size} bytes`);
    return succeed(typeof source === 'string' ? await readFile(source) : source);
  } catch (error) {
    return fail('file.unreadable', text(error));
  }
}

/** The file as decoders understand it: what browsers see in it and they do not is said in another way. */
function mended(type: PictureType, bytes: Buffer): Buffer {
  if (type === 'image/png') return withColoursAsProfile(bytes);
  return type === 'image/webp' ? withTrueLength(bytes) : bytes;
}

/** Pixels as the header claims them; nothing is decoded for it. */
async function measure(bytes: Buffer): Promise<Result<number>> {
  let header: Metadata;
  try {
    header = await sharp(bytes, { limitInputPixels: false, failOn: 'none' }).metadata();
  } catch (error) {
    return fail('file.damaged', text(error));
  }
  const { width, height } = header;
  if (width * height > pictureLimits.maxPixels || Math.max(width, height) > pictureLimits.maxSide) {
    return fail('file.tooManyPixels', `${width}x${height}`);
  }
  if (Math.min(width, height) < pictureLimits.minSide) return fail('file.tooSmall', `${width}x${height}`);
  return succeed(width * height);
}

/**
 * A file without a flaw is simply decoded. Of one that decoders grumble about they would fill in what is missing, so it is
 * taken only when nothing is: whether every pixel is there is found in the coded data, not in what is said about it.
 */
async function decode({ type, bytes }: TypedFile): Promise<Result<RawPixels>> {
  let complaint: string;
  try {
    const pixels = await decodeWith(bytes, 'warning');
    // The decoder no longer looks whether the last rows were there. Of a large file they are next to nothing.
    const isCut = type === 'image/jpeg' && bytes.length < mostWalked && walkJpeg(bytes) === 'cut';
    return isCut ? fail('file.damaged', 'the last rows are missing') : succeed(pixels);
  } catch (error) {
    complaint = text(error);
  }
  try {
    const whole = await withEveryPixel(type, bytes);
    return whole ? succeed(await decodeWith(whole, 'none')) : fail('file.damaged', complaint);
  } catch (error) {
    return fail('file.damaged', text(error));
  }
}

/** What to decode of a flawed file without minding the flaw; null when pixels are missing, or nobody can say. */
async function withEveryPixel(type: PictureType, bytes: Buffer): Promise<Buffer | null> {
  if (type === 'image/png') return mendedPng(bytes);
  return type === 'image/jpeg' && walkJpeg(bytes) === 'whole' ? bytes : null;
}

async function decodeWith(bytes: Buffer, failOn: 'warning' | 'none'): Promise<RawPixels> {
  const { keptSide: side, maxPixels, decodeTimeoutSeconds: seconds } = pictureLimits;
  const source = sharp(bytes, { failOn, limitInputPixels: maxPixels });
  const { depth } = await source.metadata();
  const upright = source
    .timeout({ seconds })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb');
  // Deep pictures are worked on in a wider space, and without this they would stay in it.
  const shown = depth === 'uchar' ? upright : upright.withIccProfile('srgb', { attach: false });
  const { data, info } = await shown.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, decoded ${info.channels}`);
  return { data, width: info.width, height: info.height };
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
