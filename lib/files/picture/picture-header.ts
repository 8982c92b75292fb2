/** What a picture's first bytes say (read in browsers): its true type, and its size as it lies in the file, in pixels. */
export type PictureHeader = {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  /** A JPEG that comes whole and coarse first, then finer. */
  readonly isProgressive?: boolean;
};

/** Enough for the size to stand in it, behind whatever a camera writes first. */
const readBytes = 512 * 1024;

/**
 * Reads the size of JPEG, PNG, GIF, BMP and WebP without unpacking anything; null for everything else, which may be
 * a picture all the same (AVIF, HEIC, TIFF).
 */
export async function readHeader(blob: Blob): Promise<PictureHeader | null> {
  const view = new DataView(await blob.slice(0, readBytes).arrayBuffer());
  try {
    return jpeg(view) ?? png(view) ?? webp(view) ?? gif(view) ?? bmp(view);
  } catch (error) {
    // The header is longer than the file, or than what was read of it: the browser's decoder will say.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function tag(view: DataView, at: number, length = 4): string {
  return String.fromCharCode(...Array.from({ length }, (_, i) => view.getUint8(at + i)));
}

/** The first frame header: SOF0 to SOF15 except DHT, JPG and DAC, which lie among them (ITU-T T.81, table B.1). */
function jpeg(view: DataView): PictureHeader | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) {
      at += 1;
      continue;
    }
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return {
        type: 'image/jpeg',
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        isProgressive: (marker & 3) === 2,
      };
    // Markers without a length: TEM, restarts, start and end.
    at += marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9) ? 2 : 2 + view.getUint16(at + 2);
  }
}

function png(view: DataView): PictureHeader | null {
  if (view.getUint32(0) !== 0x89504e47) return null;
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(view: DataView): PictureHeader | null {
  if (tag(view, 0) !== 'GIF8') return null;
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** With the header of Windows 3 or later; a negative height only says that rows run from the top. */
function bmp(view: DataView): PictureHeader | null {
  if (tag(view, 0, 2) !== 'BM' || view.getUint32(14, true) < 40) return null;
  const [width, height] = [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
  return { type: 'image/bmp', width, height };
}

/** The three shapes of a WebP file (RFC 9649, sections 2.5 to 2.7). */
function webp(view: DataView): PictureHeader | null {
  if (tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WEBP') return null;
  const type = 'image/webp';
  const shape = tag(view, 12);
  if (shape === 'VP8X') {
    const side = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
    return { type, width: side(24), height: side(27) };
  }
  if (shape === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { type, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}
