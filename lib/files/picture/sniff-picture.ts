import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { PictureType } from '../policy.ts';
import { findFrame, isUsual } from './jpeg-frame.ts';
import { pngChunks } from './png-chunks.ts';
import { webpFrames } from './webp-chunks.ts';

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1']);

/**
 * Says what the bytes are by looking at them; the name and the declared type are the sender's claim
 * and are not asked. sharp itself opens SVG and more, so "sharp opened it" would be no check at all. An animation of one
 * picture is a still. What is a picture but is not decoded here is refused by its own name.
 */
export function sniffPicture(bytes: Buffer): Result<PictureType> {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) {
    const frame = findFrame(bytes);
    return frame && !isUsual(frame)
      ? fail('file.unsupported', `JPEG, process ${frame.process}, ${frame.precision} bits`)
      : succeed('image/jpeg');
  }
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return still('image/png', pngFrames(bytes));
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP')
    return still('image/webp', webpFrames(bytes));
  if (/^GIF8[79]a/.test(text(bytes, 0, 6))) return still('image/gif', gifFrames(bytes));
  const brands = brandsOf(bytes);
  if (brands.some((brand) => brand === 'avif' || brand === 'avis'))
    return still('image/avif', brands.includes('avis') ? sequenceFrames(bytes) : 1);
  if (brands.some((brand) => heicBrands.has(brand))) return fail('file.heic', `HEIC, brand ${brands[0]}`);
  if (isSvg(bytes)) return fail('file.svg', 'SVG');
  if (['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].includes(text(bytes, 0, 4)))
    return fail('file.tiff', 'TIFF, or RAW of a camera');
  if (text(bytes, 0, 2) === 'BM' && bytes.length > 26 && bytes.readUInt32LE(14) < 256)
    return fail('file.bmp', 'BMP');
  const rare = rareKinds.find(([, from, sign]) => text(bytes, from, from + sign.length) === sign);
  if (rare) return fail('file.unsupported', rare[0]);
  return fail('file.notPicture', `unknown content, ${bytes.length} bytes`);
}

/** Pictures that hardly anything opens, by how they begin: from which byte, and with what. */
const rareKinds: readonly (readonly [string, number, string])[] = [
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 4, 'JXL '],
  ['JPEG 2000', 0, '\xff\x4f\xff\x51'],
  ['JPEG 2000', 4, 'jP  '],
  ['Photoshop', 0, '8BPS'],
  ['RAW of a camera', 0, 'FUJIFILMCCD-RAW'],
  ['RAW of a camera', 4, 'ftypcrx '],
];

const still = (type: PictureType, frames: number): Result<PictureType> =>
  frames > 1 ? fail('file.animated', `${type}, animated`) : succeed(type);

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function text(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to);
}

/** What a file with an `ftyp` box says it is: the major brand, then the compatible ones. */
function brandsOf(bytes: Buffer): string[] {
  if (text(bytes, 4, 8) !== 'ftyp') return [];
  const end = Math.min(bytes.length, bytes.readUInt32BE(0), 256);
  const brands = [text(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text(bytes, at, at + 4));
  return brands;
}

/** Samples of the longest track, by its `stsz` box (ISO/IEC 14496-12, 8.7.3.2); 1 where there is none. */
function sequenceFrames(bytes: Buffer): number {
  let most = 1;
  for (let at = bytes.indexOf('stsz'); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf('stsz', at + 4))
    most = Math.max(most, bytes.readUInt32BE(at + 12));
  return most;
}

/** Any XML or HTML head that names an svg element, in UTF-8 or UTF-16, compressed ones excepted. */
function isSvg(bytes: Buffer): boolean {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const head = bytes.subarray(0, 4096).toString(utf16 ? 'utf16le' : 'utf8');
  return /^[\uFEFF\s]*</.test(head) && /<(?:\w+:)?svg[\s>]/i.test(head);
}

/** Frames that an `acTL` chunk announces before the picture data; 1 without one. */
function pngFrames(bytes: Buffer): number {
  for (const { type, data } of pngChunks(bytes)) {
    if (type === 'acTL' && data.length >= 4) return data.readUInt32BE(0);
    if (type === 'IDAT') break;
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
