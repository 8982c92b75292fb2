import { readFile, stat } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { pictureLanes, pictureRetrySeconds, sharp } from '#lib/core/threads/image-runtime.ts';
import { pictureLimits } from '../policy.ts';
import { makeVariants, type Pixels, type PreparedPicture } from './make-variants.ts';
import { sniffPicture } from './sniff-picture.ts';

export type AcceptedImage = PreparedPicture;

/** A picture larger than this takes the room of two while it is decoded. */
const heavyPixels = 16_000_000;

/** Flaws that decoders grumble about although every pixel is there; real cameras write them. */
const harmlessFlaw = /extraneous bytes before marker|iCCP|Invalid SOS parameters for sequential JPEG/i;

/**
 * Takes bytes (or a file's path) that somebody sent and answers a picture that is safe to keep:
 * recognised by content, measured before it is decoded, turned upright, converted to 8-bit sRGB
 * without alpha and metadata, encoded anew. Knows no database and writes nothing.
 *
 * @param whose Who sends it: people who send many take turns with those who send one.
 */
export async function acceptImage(source: Buffer | string, whose = ''): Promise<Result<AcceptedImage>> {
  const read = await readBounded(source);
  if (!read.ok) return read;
  const bytes = read.value;

  const type = sniffPicture(bytes);
  if (!type.ok) return type;
  const measured = await measure(bytes);
  if (!measured.ok) return measured;

  const weight = measured.value > heavyPixels ? 2 : 1;
  const result = await pictureLanes.run({ lane: 'person', weight, whose }, async () => {
    const pixels = await decode(bytes);
    return pixels.ok ? succeed(await makeVariants(pixels.value)) : pixels;
  });
  if (result) return result;
  return fail('service.unavailable', 'too many pictures are waiting to be decoded', {
    retryAfterSeconds: pictureRetrySeconds,
  });
}

async function readBounded(source: Buffer | string): Promise<Result<Buffer>> {
  try {
    const size = typeof source === 'string' ? (await stat(source)).size : source.length;
    if (size > pictureLimits.maxBytes) return fail('file.tooLarge', `${size} bytes`);
    return succeed(typeof source === 'string' ? await readFile(source) : source);
  } catch (error) {
    return fail('file.unreadable', text(error));
  }
}

/** Pixels as the header claims them; nothing is decoded for it. */
async function measure(bytes: Buffer): Promise<Result<number>> {
  let header: Metadata;
  try {
    header = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    return fail('file.damaged', text(error));
  }
  const { width, height } = header;
  if (width * height > pictureLimits.maxPixels || Math.max(width, height) > pictureLimits.maxSide) {
    return fail('file.tooManyPixels', `${width}x${height}`);
  }
  return succeed(width * height);
}

async function decode(bytes: Buffer): Promise<Result<Pixels>> {
  try {
    return succeed(await decodeWith(bytes, 'warning'));
  } catch (error) {
    if (!harmlessFlaw.test(text(error))) return fail('file.damaged', text(error));
  }
  try {
    return succeed(await decodeWith(bytes, 'error'));
  } catch (error) {
    return fail('file.damaged', text(error));
  }
}

async function decodeWith(bytes: Buffer, failOn: 'warning' | 'error'): Promise<Pixels> {
  const { keptSide: side, maxPixels, decodeTimeoutSeconds: seconds } = pictureLimits;
  const { data, info } = await sharp(bytes, { failOn, limitInputPixels: maxPixels })
    .timeout({ seconds })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, decoded ${info.channels}`);
  return { data, width: info.width, height: info.height };
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
