import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { acceptImage } from '#lib/files/picture/accept-image.ts';
import {
  animated,
  animatedPng,
  avifSequence,
  heicHead,
  noise,
  quarters,
  scriptedSvg,
  whitePng,
} from '#tests/support/pictures.ts';

const jpeg = () => quarters().jpeg().toBuffer();

describe('what is refused names its reason', () => {
  test.each([
    ['no bytes', 'file.notPicture', async () => Buffer.alloc(0)],
    ['three bytes', 'file.notPicture', async () => Buffer.from('abc')],
    ['a PDF', 'file.notPicture', async () => Buffer.from('%PDF-1.7\n1 0 obj')],
    ['HTML', 'file.notPicture', async () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a TIFF', 'file.tiff', () => quarters().tiff().toBuffer()],
    ['a TIFF with its high bytes first', 'file.tiff', async () => Buffer.from('MM\0*\0\0\0\b', 'latin1')],
    ['a BMP', 'file.bmp', async () => bmpHead()],
    ['a JPEG XL', 'file.unsupported', async () => Buffer.from('\xff\x0a rest of it', 'latin1')],
    ['a boxed JPEG XL', 'file.unsupported', async () => Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1')],
    ['a JPEG 2000', 'file.unsupported', async () => Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1')],
    ['a Photoshop file', 'file.unsupported', async () => Buffer.from('8BPS\0\x01\0\0', 'latin1')],
    ['RAW of a camera', 'file.unsupported', async () => Buffer.from('FUJIFILMCCD-RAW 0201', 'latin1')],
    ['a JPEG of 12 bits', 'file.unsupported', async () => otherFrame(await jpeg(), 0xc1, 12)],
    ['a lossless JPEG', 'file.unsupported', async () => otherFrame(await jpeg(), 0xc3, 8)],
    ['a JPEG-LS', 'file.unsupported', async () => otherFrame(await jpeg(), 0xf7, 8)],
    ['one pixel', 'file.tooSmall', () => quarters(1, 1).png().toBuffer()],
    ['one pixel as a JPEG', 'file.tooSmall', () => quarters(1, 1).jpeg().toBuffer()],
    ['a line', 'file.tooSmall', () => quarters(400, 15).webp().toBuffer()],
    ['an animated AVIF', 'file.animated', async () => avifSequence(await smallAvif(), 2)],
    ['an SVG with a script', 'file.svg', async () => scriptedSvg],
    [
      'an SVG in UTF-16',
      'file.svg',
      async () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(scriptedSvg.toString(), 'utf16le')]),
    ],
    ['a compressed SVG', 'file.notPicture', async () => gzipSync(scriptedSvg)],
    ['HEIC of an iPhone', 'file.heic', async () => heicHead()],
    ['HEIC under its general brand', 'file.heic', async () => heicHead('mif1')],
    ['an animated GIF', 'file.animated', () => animated('gif')],
    ['an animated WebP', 'file.animated', () => animated('webp')],
    ['an animated PNG', 'file.animated', () => animatedPng()],
    ['a pixel bomb', 'file.tooManyPixels', async () => whitePng(16_000, 16_000)],
    ['one row more than 40 megapixels', 'file.tooManyPixels', async () => whitePng(8000, 5001)],
    ['a side of 12,001 pixels', 'file.tooManyPixels', async () => whitePng(12_001, 10)],
    ['a JPEG cut in half', 'file.damaged', async () => (await noise(600, 600)).subarray(0, 90_000)],
    ['a JPEG cut by its last tenth', 'file.damaged', async () => cutTail(await noise(600, 600), 0.1)],
    ['a PNG cut in half', 'file.damaged', async () => cutTail(await quarters().png().toBuffer(), 0.5)],
    ['a WebP cut in half', 'file.damaged', async () => cutTail(await quarters().webp().toBuffer(), 0.5)],
    [
      'a JPEG with its middle overwritten',
      'file.damaged',
      async () => overwriteMiddle(await noise(600, 600)),
    ],
    ['only the first bytes of a JPEG', 'file.damaged', async () => (await jpeg()).subarray(0, 20)],
    [
      'JPEG magic before an SVG',
      'file.damaged',
      async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), scriptedSvg]),
    ],
  ])('%s: %s', async (_name, code, make) => {
    expect(await acceptImage(await make())).toMatchObject({ ok: false, code });
  });

  test('a pixel bomb is refused from its header, in little time and memory', async () => {
    const bomb = whitePng(16_000, 16_000);
    const before = process.memoryUsage().rss;
    const started = performance.now();
    expect(await acceptImage(bomb)).toMatchObject({ ok: false, code: 'file.tooManyPixels' });
    expect(performance.now() - started).toBeLessThan(100);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  test('a header that lies about its size is refused', async () => {
    const png = whitePng(100, 100);
    png.writeUInt32BE(6000, 16);
    png.writeUInt32BE(6000, 20);
    expect(await acceptImage(png)).toMatchObject({ ok: false, code: 'file.damaged' });
  });

  test('process-wide settings of the decoder hold: no cache, one thread for a picture', () => {
    expect(sharp.cache().memory.max).toBe(0);
    expect(sharp.concurrency()).toBe(1);
  });
});

const smallAvif = () => quarters(64, 64).avif({ effort: 0 }).toBuffer();

/** The frame of a JPEG under another marker and with other bits. */
function otherFrame(bytes: Buffer, marker: number, precision: number): Buffer {
  const other = Buffer.from(bytes);
  const at = other.indexOf(Buffer.from([0xff, 0xc0]));
  other[at + 1] = marker;
  other[at + 4] = precision;
  return other;
}

function bmpHead(): Buffer {
  const head = Buffer.alloc(64);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(40, 14);
  return head;
}

function cutTail(bytes: Buffer, share: number): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * (1 - share)));
}

function overwriteMiddle(bytes: Buffer): Buffer {
  const broken = Buffer.from(bytes);
  for (let at = broken.length >> 1; at < (broken.length >> 1) + 64; at += 1)
    broken[at] = at % 2 ? 0xd9 : 0xff;
  return broken;
}
