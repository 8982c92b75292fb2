import type { ErrorCode } from '#lib/core/errors.ts';
import { readHeader } from '#lib/files/picture/picture-header.ts';
import {
  hasItsEnd,
  isAnimated,
  isCutWebp,
  type PictureKind,
  pictureKind,
  withItsEnd,
} from '#lib/files/picture/picture-kind.ts';
import { pictureLimits, pictureTypes } from '#lib/files/policy.ts';
import { canvasOf, hasFlatCorner, isHeavy, type Unpacked, unpackPicture } from './unpacked.ts';

/** A picture as it will be sent: a JPEG of ours (a WebP on a slow line), or the file's own bytes under their true type. */
export type PreparedUpload =
  | { readonly ok: true; readonly file: File; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly code: ErrorCode };

/** More than this is not read into a tab; no camera writes it. */
const mostBytes = 120 * 1024 * 1024;
/** What a browser can unpack without its tab being killed. */
const mostPixels = 120_000_000;
/** How it is encoded, tried until the file may be sent. */
const jpegs = [
  ['image/jpeg', 0.92],
  ['image/jpeg', 0.85],
  ['image/jpeg', 0.75],
] as const;
/** As near to the picture as the first JPEG with a third less bytes, for ten times the work; some browsers cannot. */
const webp = ['image/webp', 0.9] as const;

/** Bits in a second under which a line is slow. */
const slowRate = 1_000_000;
/** Of less nothing can be told. */
const leastBytes = 20_000;

/**
 * How fast the line brought what this page is made of, in bits a second: the best of its larger files alone and of all of them
 * together, since they share the line. Null where they came from the browser's own store. Only some browsers tell more of it.
 */
function lineRate(): number | null {
  const files = performance
    .getEntriesByType('resource')
    .filter(
      (one): one is PerformanceResourceTiming =>
        one instanceof PerformanceResourceTiming && one.transferSize >= leastBytes && one.responseStart > 0,
    );
  if (files.length === 0) return null;
  const rate = (bytes: number, from: number, to: number) => (8000 * bytes) / Math.max(1, to - from);
  const together = rate(
    files.reduce((sum, { transferSize }) => sum + transferSize, 0),
    Math.min(...files.map(({ responseStart }) => responseStart)),
    Math.max(...files.map(({ responseEnd }) => responseEnd)),
  );
  return Math.max(
    together,
    ...files.map((one) => rate(one.transferSize, one.responseStart, one.responseEnd)),
  );
}

type Line = { readonly saveData?: boolean; readonly effectiveType?: string; readonly downlink?: number };

/** Whether this line is slow enough to save bytes on it, as far as the browser or the page itself can tell. */
function isSlowLine(): boolean {
  const line = (navigator as Navigator & { connection?: Line }).connection;
  return (
    line?.saveData === true ||
    (line?.effectiveType !== undefined && line.effectiveType !== '4g') ||
    (line?.downlink !== undefined && line.downlink > 0 && line.downlink < 1) ||
    (lineRate() ?? slowRate) < slowRate
  );
}

/**
 * Makes a file ready to be sent: recognised by its bytes, decoded by the browser, turned upright, in sRGB, shrunk,
 * without metadata. Five looks are painted at up to 4096 pixels, all others at 2048 (`lib/styles`): on a slow line that is
 * enough. The original bytes are kept where they are smaller, and where only the server can
 * tell whether the picture is whole. One of which rows are missing, or too small, is refused here: nobody should sign up to
 * hear of it. What this browser cannot open is left to the server if it takes the kind, and refused by name if not.
 */
export function preparePicture(file: File): Promise<PreparedUpload> {
  const isSlow = isSlowLine();
  // One at a time: each is unpacked whole.
  const prepared = line.then(() => prepareNow(file, isSlow));
  line = prepared.catch(() => undefined);
  return prepared;
}

let line: Promise<unknown> = Promise.resolve();

async function prepareNow(file: File, isSlow: boolean): Promise<PreparedUpload> {
  const longest = isSlow ? 2048 : pictureLimits.keptSide;
  const seen = await recognise(file, mostBytes);
  if ('code' in seen) return { ok: false, code: seen.code };
  const { bytes, kind } = seen;
  const type = `image/${kind}`;
  const mayGoAsItIs = isTaken(type) && file.size <= pictureLimits.maxBytes;
  const asItIs = (width: number, height: number): PreparedUpload => ({
    ok: true,
    file: new File([file], named(file.name, kind), { type }),
    width,
    height,
  });
  const isWhole = hasItsEnd(bytes, kind);
  const blob = file.slice(0, file.size, type);
  const header = await readHeader(blob);
  const picture = await unpackPicture(blob, header, longest, isWhole ? null : withItsEnd(bytes, kind));
  const seemsWhole = picture && isWhole && !header?.isProgressive && !hasFlatCorner(picture);
  const flaw = kind === 'jpeg' && !seemsWhole ? await flawOf(bytes, picture !== null) : null;
  if (flaw) {
    picture?.close();
    return { ok: false, code: flaw };
  }
  if (!picture) {
    // Every browser opens WebP: one of a size that fits into memory and does not open lacks something.
    const isTold = kind === 'webp' && header !== null && !isHeavy(header);
    const isLeftToServer = mayGoAsItIs && isWhole && !isTold;
    return isLeftToServer ? asItIs(0, 0) : { ok: false, code: refusalOf(kind) };
  }
  try {
    const { width, height } = picture;
    if (Math.min(width, height) < pictureLimits.minSide) return { ok: false, code: 'file.tooSmall' };
    if (width * height > mostPixels) return { ok: false, code: 'file.tooManyPixels' };
    const fits =
      mayGoAsItIs &&
      width * height <= pictureLimits.maxPixels &&
      Math.max(width, height) <= pictureLimits.maxSide;
    if (fits && !isWhole) return asItIs(width, height);
    const { size: unpacked } = picture;
    const scale = Math.min(1, longest / Math.max(unpacked.width, unpacked.height));
    const size = {
      width: Math.max(1, Math.round(unpacked.width * scale)),
      height: Math.max(1, Math.round(unpacked.height * scale)),
    };
    const made = await encode(picture, size, isSlow ? [webp, ...jpegs] : jpegs);
    if (!made || (fits && file.size <= made.size)) {
      return fits ? asItIs(width, height) : { ok: false, code: 'file.tooManyPixels' };
    }
    const ending = made.type === 'image/webp' ? 'webp' : 'jpeg';
    return { ok: true, file: new File([made], named(file.name, ending), { type: made.type }), ...size };
  } finally {
    picture.close();
  }
}

/**
 * The file itself, not a byte of it changed, for a place that keeps files as they are sent. A kind that the server cannot
 * open is refused by name: nothing could be shown of it.
 */
export async function takeAsItIs(file: File): Promise<PreparedUpload> {
  const seen = await recognise(file, pictureLimits.maxSentBytes);
  if ('code' in seen) return { ok: false, code: seen.code };
  const type = `image/${seen.kind}`;
  if (!isTaken(type)) return { ok: false, code: refusalOf(seen.kind) };
  return { ok: true, file: new File([file], file.name, { type }), width: 0, height: 0 };
}

type Kind = Exclude<PictureKind, null>;

const isTaken = (type: string) => (pictureTypes as readonly string[]).includes(type);

/** A file's bytes and what they are, or why it is no picture of ours. */
async function recognise(
  file: File,
  most: number,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; kind: Kind } | { code: ErrorCode }> {
  if (file.size < 1) return { code: 'file.notPicture' };
  if (file.size > most) return { code: 'file.tooLarge' };
  const bytes = await file.arrayBuffer().then(
    (all) => new Uint8Array(all),
    () => null,
  );
  if (!bytes) return { code: 'file.unreadable' };
  const kind = pictureKind(bytes);
  if (kind === null) return { code: 'file.notPicture' };
  if (kind === 'svg') return { code: 'file.svg' };
  if (isAnimated(bytes, kind)) return { code: 'file.animated' };
  if (kind === 'webp' && (await isCutWebp(file))) return { code: 'file.damaged' };
  return { bytes, kind };
}

/** SHA-256 of a file in hex, as the server computes it; null where the page has no secure context. */
export async function sha256Of(file: Blob): Promise<string | null> {
  if (!crypto.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What is wrong with a JPEG that this browser does not open, that has no end, of which a corner looks as if it were missing, or
 * of which nothing would (a progressive one): rows that are missing, or a kind that nobody opens. Null where only the server
 * can tell. What knows it is fetched for such a file alone.
 */
async function flawOf(bytes: Uint8Array, isOpened: boolean): Promise<ErrorCode | null> {
  const { findFrame, isUsual } = await import('#lib/files/picture/jpeg-frame.ts');
  const frame = findFrame(bytes);
  if (frame && !isUsual(frame)) return 'file.unsupported';
  if (!frame) return isOpened ? null : 'file.damaged';
  const { walkJpeg } = await import('#lib/files/picture/jpeg-pixels.ts');
  return walkJpeg(bytes) === 'cut' ? 'file.damaged' : null;
}

async function encode(
  picture: Unpacked,
  { width, height }: Unpacked['size'],
  ways: readonly (readonly [type: string, quality: number])[],
): Promise<Blob | null> {
  const { canvas, context, free } = canvasOf(width, height);
  try {
    context?.drawImage(picture.source, 0, 0, width, height);
    // Before it is encoded: a large one is as much again.
    picture.close();
    for (const [type, quality] of context ? ways : []) {
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality));
      // A browser that cannot write a kind writes another.
      if (blob && blob.type !== type) continue;
      if (!blob || blob.size <= pictureLimits.maxBytes) return blob;
    }
    return null;
  } finally {
    free();
  }
}

/** Why a picture of this kind is not taken: this browser cannot open it, and the server is not asked. */
function refusalOf(kind: Kind): ErrorCode {
  if (kind === 'heic' || kind === 'tiff' || kind === 'bmp') return `file.${kind}`;
  return kind === 'jpeg' || kind === 'png' || kind === 'webp' ? 'file.damaged' : 'file.unsupported';
}

/** The file's own name with the ending of what it is now. */
function named(name: string, kind: Kind): string {
  const ending = kind === 'jpeg' ? 'jpg' : kind;
  const base = name.replace(/\.(jpe?g|jfif|pjpeg|png|webp|gif|hei[cf]|avif|bmp|tiff?)$/i, '');
  return `${base || 'photo'}.${ending}`;
}
