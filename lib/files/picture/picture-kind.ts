/** What a file is by its first bytes: what its name and sender say of it is not asked. Runs in browsers too. */
export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'bmp' | 'tiff' | 'svg' | null;

const heifBrands = /heic|heix|heim|heis|hevc|hevx|hevm|hevs|mif1|msf1/;

const text = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Looks at the first kilobytes of a file. */
export function pictureKind(bytes: Uint8Array): PictureKind {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'webp';
  if (/^GIF8[79]a$/.test(text(bytes, 0, 6))) return 'gif';
  if (text(bytes, 0, 2) === 'BM') return 'bmp';
  if (/^(II\*\0|MM\0\*)$/.test(text(bytes, 0, 4))) return 'tiff';
  if (text(bytes, 4, 8) === 'ftyp') {
    const brands = text(bytes, 8, 64);
    if (/avi[fs]/.test(brands)) return 'avif';
    return heifBrands.test(brands) ? 'heic' : null;
  }
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const head = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes.subarray(0, 4096));
  return /^[\uFEFF\s]*</.test(head) && /<(?:\w+:)?svg[\s>]/i.test(head) ? 'svg' : null;
}

/**
 * Whether the file goes on to its own end. A browser fills in grey what is missing of a photo that broke off; such
 * a file is better judged whole by the code that counts its pixels.
 */
export function hasItsEnd(bytes: Uint8Array, kind: PictureKind): boolean {
  if (kind === 'png')
    return text(bytes, bytes.length - 8, bytes.length - 4) === 'IEND' || endsWithin(bytes, 'IEND');
  if (kind !== 'jpeg') return true;
  for (let at = bytes.length - 2; at > 0; at -= 1)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

/** What ends a file of this kind: EOI (ITU-T T.81, B.1.1.3), IEND with its checksum (PNG, 11.2.5). */
const ends: Partial<Record<NonNullable<PictureKind>, readonly number[]>> = {
  jpeg: [0xff, 0xd9],
  png: [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82],
};

/**
 * A file with its end behind it, for decoders that open nothing without one: every pixel may be there all the same. Null for a
 * kind that has no such mark.
 */
export function withItsEnd(bytes: Blob | Uint8Array<ArrayBuffer>, kind: PictureKind): Blob | null {
  const end = kind && ends[kind];
  return end ? new Blob([bytes, new Uint8Array(end)], { type: `image/${kind}` }) : null;
}

/** Some programs write bytes of their own behind the end. */
function endsWithin(bytes: Uint8Array, mark: string): boolean {
  return text(bytes, Math.max(0, bytes.length - 4096), bytes.length).includes(mark);
}

/** Chunks of a WebP file that pixels are in (RFC 9649, section 2.3). */
const pixelChunks = /^(VP8 |VP8L|ALPH|ANMF)$/;
const mostChunks = 64;

/**
 * Whether a WebP file ends before its pixels do, by the lengths that it says itself: browsers show what there is of such a
 * file, and the rest grey. Reads no more of it than that.
 */
export async function isCutWebp(file: Blob): Promise<boolean> {
  let at = 12;
  for (let count = 0; count < mostChunks && at + 8 <= file.size; count += 1) {
    const head = await file.slice(at, at + 8).arrayBuffer();
    at += 8 + new DataView(head).getUint32(4, true);
    if (at > file.size) return pixelChunks.test(text(new Uint8Array(head), 0, 4));
    at += at % 2;
  }
  return false;
}

/**
 * Whether more than one picture is in it, as far as its headers tell: the use case that takes the file refuses an
 * animation.
 */
export function isAnimated(bytes: Uint8Array, kind: PictureKind): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === 'png') {
    for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
      const chunk = text(bytes, at + 4, at + 8);
      if (chunk === 'acTL') return at + 12 <= bytes.length && view.getUint32(at + 8) > 1;
      if (chunk === 'IDAT') return false;
    }
  }
  if (kind === 'webp') {
    let frames = 0;
    for (let at = 12; at + 8 <= bytes.length; ) {
      if (text(bytes, at, at + 4) === 'ANMF') frames += 1;
      if (frames > 1) return true;
      const size = view.getUint32(at + 4, true);
      at += 8 + size + (size % 2);
    }
  }
  return kind === 'gif' && gifFrames(bytes) > 1;
}

/** Image blocks of a GIF, counted up to two. */
function gifFrames(bytes: Uint8Array): number {
  const table = (packed: number) => (packed & 0x80 ? 3 << ((packed & 0x07) + 1) : 0);
  let at = 13 + table(bytes[10] ?? 0);
  let frames = 0;
  while (at < bytes.length && frames < 2) {
    const block = bytes[at];
    if (block === 0x21) at += 2;
    else if (block === 0x2c) {
      frames += 1;
      at += 11 + table(bytes[at + 9] ?? 0);
    } else break;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return frames;
}
