import { deflateSync } from 'node:zlib';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { pngChunk } from '#lib/files/picture/png-chunks.ts';
import { type Colour, newPicture, type Picture } from '#lib/styles/paint/raster.ts';

/** Pictures for tests, honest and hostile, made on the spot so that nothing binary is committed. */

/** A photo-like picture with four differently coloured quarters, so that turning it is visible. */
export function quarters(width = 400, height = 300) {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const tile = (background: string, left: number, top: number) => ({
    input: { create: { ...half, channels: 3 as const, background } },
    left,
    top,
  });
  return sharp({ create: { width, height, channels: 3, background: '#404040' } }).composite([
    tile('#d02020', 0, 0),
    tile('#20a020', Math.floor(width / 2), 0),
    tile('#2020d0', 0, Math.floor(height / 2)),
    tile('#e0c020', Math.floor(width / 2), Math.floor(height / 2)),
  ]);
}

/** Random pixels: a picture that does not compress, for sizes in bytes. */
export async function noise(width: number, height: number): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3);
  let state = 12345;
  for (let index = 0; index < data.length; index += 1) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    data[index] = state >> 16;
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** A white one-bit PNG of any size in a few bytes: a pixel bomb when it is large. */
export function whitePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const row = Buffer.alloc(1 + Math.ceil(width / 8), 0xff);
  row[0] = 0;
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Two frames, as GIF or WebP. */
export async function animated(format: 'gif' | 'webp'): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width: 32, height: 32, channels: 3, background } })
      .png()
      .toBuffer();
  const joined = sharp([await frame('#ff0000'), await frame('#0000ff')], { join: { animated: true } });
  return format === 'gif' ? joined.gif().toBuffer() : joined.webp().toBuffer();
}

/** A still AVIF under the brand of sequences, with a track of so many pictures. */
export function avifSequence(still: Buffer, frames: number): Buffer {
  const track = Buffer.alloc(20);
  track.writeUInt32BE(20, 0);
  track.write('stsz', 4, 'latin1');
  track.writeUInt32BE(frames, 16);
  const sequence = Buffer.concat([still, track]);
  sequence.write('avis', 8, 'latin1');
  return sequence;
}

/** An honest PNG whose first chunk after the header announces this many frames. */
export async function animatedPng(frames = 3): Promise<Buffer> {
  const png = await quarters(32, 32).png().toBuffer();
  const control = Buffer.alloc(8);
  control.writeUInt32BE(frames, 0);
  return Buffer.concat([png.subarray(0, 33), pngChunk('acTL', control), png.subarray(33)]);
}

/** The first bytes of a HEIC file of a phone. */
export function heicHead(brand = 'heic'): Buffer {
  const box = Buffer.alloc(28);
  box.writeUInt32BE(28, 0);
  box.write(`ftyp${brand}`, 4, 'latin1');
  box.write('mif1heicmiaf', 16, 'latin1');
  return Buffer.concat([box, Buffer.alloc(200, 7)]);
}

export const scriptedSvg = Buffer.from(
  '<?xml version="1.0"?>\n<!-- a picture -->\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
);

/** A picture of one colour, given as [r, g, b] from 0 to 1. */
export function plainPicture(width: number, height: number, colour: Colour): Picture {
  const picture = newPicture(width, height);
  picture.r.fill(colour[0]);
  picture.g.fill(colour[1]);
  picture.b.fill(colour[2]);
  return picture;
}
