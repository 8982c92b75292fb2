import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { PictureType } from '../policy.ts';

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1']);

/**
 * Says what the bytes are by looking at them; the name and the declared type are the sender's claim
 * and are not asked. sharp itself opens SVG and more, so "sharp opened it" would be no check at all.
 */
export function sniffPicture(bytes: Buffer): Result<PictureType> {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return succeed('image/jpeg');
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return pngFrames(bytes) > 1 ? fail('file.animated', 'animated PNG') : succeed('image/png');
  }
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') {
    const animated = text(bytes, 12, 16) === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0;
    return animated ? fail('file.animated', 'animated WebP') : succeed('image/webp');
  }
  if (/^GIF8[79]a/.test(text(bytes, 0, 6))) {
    return gifFrames(bytes) > 1 ? fail('file.animated', 'animated GIF') : fail('file.notPicture', 'GIF');
  }
  if (isHeic(bytes)) return fail('file.heic', `HEIC, brand ${text(bytes, 8, 12)}`);
  if (isSvg(bytes)) return fail('file.svg', 'SVG');
  return fail('file.notPicture', `unknown content, ${bytes.length} bytes`);
}

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function text(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to);
}

/** `ftyp` box: the major brand, else one of the compatible ones. AVIF shares the box, not the codec. */
function isHeic(bytes: Buffer): boolean {
  if (text(bytes, 4, 8) !== 'ftyp') return false;
  const end = Math.min(bytes.length, bytes.readUInt32BE(0), 256);
  const brands = [text(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text(bytes, at, at + 4));
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return false;
  return brands.some((brand) => heicBrands.has(brand));
}

/** Any XML or HTML head that names an svg element, in UTF-8 or UTF-16, compressed ones excepted. */
function isSvg(bytes: Buffer): boolean {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const head = bytes.subarray(0, 4096).toString(utf16 ? 'utf16le' : 'utf8');
  return /^[\uFEFF\s]*</.test(head) && /<(?:\w+:)?svg[\s>]/i.test(head);
}

/** Frames that an `acTL` chunk announces before the picture data; 1 without one. */
function pngFrames(bytes: Buffer): number {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = text(bytes, at + 4, at + 8);
    if (type === 'acTL' && at + 12 <= bytes.length) return bytes.readUInt32BE(at + 8);
    if (type === 'IDAT') return 1;
    at += 12 + length;
  }
  return 1;
}

/** Image blocks of a GIF, counted up to two. */
function gifFrames(bytes: Buffer): number {
  const packed = bytes[10] ?? 0;
  let at = 13 + (packed & 0x80 ? 3 << ((packed & 0x07) + 1) : 0);
  let frames = 0;
  const skipSubBlocks = () => {
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  };
  while (at < bytes.length && frames < 2) {
    const block = bytes[at];
    if (block === 0x21) {
      at += 2;
      skipSubBlocks();
    } else if (block === 0x2c) {
      frames += 1;
      const local = bytes[at + 9] ?? 0;
      at += 10 + (local & 0x80 ? 3 << ((local & 0x07) + 1) : 0) + 1;
      skipSubBlocks();
    } else break;
  }
  return frames;
}
