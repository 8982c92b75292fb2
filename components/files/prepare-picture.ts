import type { ErrorCode } from '#lib/core/errors.ts';
import {
  hasItsEnd,
  isAnimated,
  type PictureKind,
  pictureKind,
  withItsEnd,
} from '#lib/files/picture/picture-kind.ts';
import { pictureLimits, pictureTypes } from '#lib/files/policy.ts';

/** A picture as it will be sent: a JPEG of ours, or the file's own bytes under their true type. */
export type PreparedUpload =
  | { readonly ok: true; readonly file: File; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly code: ErrorCode };

/** More than this is not read into a tab; no camera writes it. */
const mostBytes = 120 * 1024 * 1024;
/** What a browser can unpack without its tab being killed. */
const mostPixels = 120_000_000;
/** JPEG qualities, tried until the file may be sent. */
const qualities = [0.92, 0.85, 0.75] as const;

type Line = { readonly saveData?: boolean; readonly effectiveType?: string; readonly downlink?: number };

/**
 * The longest side worth sending. Five looks are painted at up to 4096 pixels, all others at 2048 (`lib/styles`): on a
 * slow line that is enough.
 */
function sentSide(): number {
  const line = (navigator as Navigator & { connection?: Line }).connection;
  const isSlow =
    line?.saveData === true ||
    (line?.effectiveType !== undefined && line.effectiveType !== '4g') ||
    (line?.downlink !== undefined && line.downlink > 0 && line.downlink < 1);
  return isSlow ? 2048 : pictureLimits.keptSide;
}

/**
 * Makes a file ready to be sent: recognised by its bytes, decoded by the browser, turned upright, in sRGB, shrunk to
 * `longest`, without metadata. The original bytes are kept where they are smaller, and where only the server can
 * tell whether the picture is whole. One of which rows are missing, or too small, is refused here: nobody should sign up to
 * hear of it. What this browser cannot open is left to the server if it takes the kind, and refused by name if not.
 */
export async function preparePicture(file: File, longest = sentSide()): Promise<PreparedUpload> {
  if (file.size < 1) return { ok: false, code: 'file.notPicture' };
  if (file.size > mostBytes) return { ok: false, code: 'file.tooLarge' };
  const bytes = await file.arrayBuffer().then(
    (all) => new Uint8Array(all),
    () => null,
  );
  if (!bytes) return { ok: false, code: 'file.unreadable' };
  const kind = pictureKind(bytes);
  if (kind === null) return { ok: false, code: 'file.notPicture' };
  if (kind === 'svg') return { ok: false, code: 'file.svg' };
  if (isAnimated(bytes, kind)) return { ok: false, code: 'file.animated' };

  const type = `image/${kind}`;
  const mayGoAsItIs =
    (pictureTypes as readonly string[]).includes(type) && file.size <= pictureLimits.maxBytes;
  const asItIs = (width: number, height: number): PreparedUpload => ({
    ok: true,
    file: new File([file], named(file.name, kind), { type }),
    width,
    height,
  });
  const isWhole = hasItsEnd(bytes, kind);
  const bitmap = await decode(new Blob([bytes], { type }), isWhole ? null : withItsEnd(bytes, kind));
  const flaw = !bitmap || !isWhole ? await flawOf(bytes, kind, bitmap !== null) : null;
  if (flaw) {
    bitmap?.close();
    return { ok: false, code: flaw };
  }
  if (!bitmap) return mayGoAsItIs && isWhole ? asItIs(0, 0) : { ok: false, code: refusalOf(kind) };
  try {
    const { width, height } = bitmap;
    if (Math.min(width, height) < pictureLimits.minSide) return { ok: false, code: 'file.tooSmall' };
    if (width * height > mostPixels) return { ok: false, code: 'file.tooManyPixels' };
    const fits =
      mayGoAsItIs &&
      width * height <= pictureLimits.maxPixels &&
      Math.max(width, height) <= pictureLimits.maxSide;
    if (fits && !isWhole) return asItIs(width, height);
    const scale = Math.min(1, longest / Math.max(width, height));
    const size = {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
    const jpeg = await encode(bitmap, size);
    if (!jpeg || (fits && file.size <= jpeg.size)) {
      return fits ? asItIs(width, height) : { ok: false, code: 'file.tooManyPixels' };
    }
    return { ok: true, file: new File([jpeg], named(file.name, 'jpeg'), { type: 'image/jpeg' }), ...size };
  } finally {
    bitmap.close();
  }
}

/**
 * The file itself, not a byte of it changed, for a place that keeps files as they are sent. A kind that the server cannot
 * open is refused by name: nothing could be shown of it.
 */
export async function takeAsItIs(file: File): Promise<PreparedUpload> {
  if (file.size < 1) return { ok: false, code: 'file.notPicture' };
  if (file.size > pictureLimits.maxSentBytes) return { ok: false, code: 'file.tooLarge' };
  const bytes = await file.arrayBuffer().then(
    (all) => new Uint8Array(all),
    () => null,
  );
  if (!bytes) return { ok: false, code: 'file.unreadable' };
  const kind = pictureKind(bytes);
  if (kind === null) return { ok: false, code: 'file.notPicture' };
  if (kind === 'svg') return { ok: false, code: 'file.svg' };
  if (isAnimated(bytes, kind)) return { ok: false, code: 'file.animated' };
  const type = `image/${kind}`;
  if (!(pictureTypes as readonly string[]).includes(type)) return { ok: false, code: refusalOf(kind) };
  return { ok: true, file: new File([file], file.name, { type }), width: 0, height: 0 };
}

/** SHA-256 of a file in hex, as the server computes it; null where the page has no secure context. */
export async function sha256Of(file: Blob): Promise<string | null> {
  if (!crypto.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param ended The same with the end that it lacks: some browsers open nothing without one. */
async function decode(blob: Blob, ended: Blob | null = null): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch {
    return ended ? decode(ended) : null;
  }
}

/**
 * What is wrong with a JPEG that this browser does not open, or that has no end: rows that are missing, or a kind that nobody
 * opens. Null where only the server can tell. What knows it is fetched for such a file alone.
 */
async function flawOf(
  bytes: Uint8Array,
  kind: Exclude<PictureKind, null>,
  isOpened: boolean,
): Promise<ErrorCode | null> {
  if (kind !== 'jpeg') return null;
  const { findFrame, isUsual } = await import('#lib/files/picture/jpeg-frame.ts');
  const frame = findFrame(bytes);
  if (frame && !isUsual(frame)) return 'file.unsupported';
  if (!frame) return isOpened ? null : 'file.damaged';
  const { walkJpeg } = await import('#lib/files/picture/jpeg-pixels.ts');
  return walkJpeg(bytes) === 'cut' ? 'file.damaged' : null;
}

async function encode(bitmap: ImageBitmap, size: { width: number; height: number }): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, size);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, size.width, size.height);
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  try {
    for (const quality of qualities) {
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
      if (!blob || blob.size <= pictureLimits.maxBytes) return blob;
    }
    return null;
  } finally {
    // Safari keeps the memory of a canvas until it is collected.
    canvas.width = 0;
  }
}

/** Why a picture of this kind is not taken: this browser cannot open it, and the server is not asked. */
function refusalOf(kind: Exclude<PictureKind, null>): ErrorCode {
  if (kind === 'heic' || kind === 'tiff' || kind === 'bmp') return `file.${kind}`;
  return kind === 'jpeg' || kind === 'png' || kind === 'webp' ? 'file.damaged' : 'file.unsupported';
}

/** The file's own name with the ending of what it is now. */
function named(name: string, kind: Exclude<PictureKind, null>): string {
  const ending = kind === 'jpeg' ? 'jpg' : kind;
  const base = name.replace(/\.(jpe?g|jfif|pjpeg|png|webp|gif|hei[cf]|avif|bmp|tiff?)$/i, '');
  return `${base || 'photo'}.${ending}`;
}
