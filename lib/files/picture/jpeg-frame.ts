/** The headers of a JPEG. Runs in browsers too. */

/** One component of a frame: how densely it is sampled against the others. */
type JpegComponent = { readonly id: number; readonly across: number; readonly down: number };

/** What a frame header says (ITU-T T.81, B.2.2); `process` is the low half of its marker. */
export type JpegFrame = {
  readonly process: number;
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly JpegComponent[];
};

/** A marker with what stands in its segment, and where the bytes after it begin. */
export type JpegSegment = { readonly marker: number; readonly data: Uint8Array; readonly end: number };

/** Two bytes as a number, the larger first. */
export const wordAt = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** The next segment from here on; bytes that belong to none are passed over, as decoders do. Null at the end. */
export function nextSegment(bytes: Uint8Array, from: number): JpegSegment | null {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return null;
    const marker = bytes[at + 1] ?? 0;
    at += 1;
    // Stuffing, fill bytes, and markers that stand alone: TEM, restarts, a second start.
    if (marker === 0 || marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    if (marker === 0xd9) return { marker, data: bytes.subarray(0, 0), end: at + 1 };
    if (at + 3 > bytes.length) return null;
    const length = wordAt(bytes, at + 1);
    const end = at + 1 + length;
    if (length < 2 || end > bytes.length) return null;
    return { marker, data: bytes.subarray(at + 3, end), end };
  }
}

/** SOF0 to SOF15, among which DHT, JPG and DAC lie, and that of JPEG-LS. */
export const isFrame = (marker: number) =>
  (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7;

/** Baseline, extended and progressive, coded by Huffman or arithmetic, with 8 bits: all that is ever decoded here. */
export const isUsual = ({ process, precision }: JpegFrame) =>
  precision === 8 && [0, 1, 2, 9, 10].includes(process);

/** Null for a header that cannot be. */
export function frameOf({ marker, data }: JpegSegment): JpegFrame | null {
  const count = data[5] ?? 0;
  if (data.length < 6 + 3 * count || count < 1 || count > 4) return null;
  const components = Array.from({ length: count }, (_, i) => {
    const sampling = data[7 + 3 * i] ?? 0;
    return { id: data[6 + 3 * i] ?? 0, across: sampling >> 4, down: sampling & 15 };
  });
  if (components.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) return null;
  return {
    process: marker & 15,
    precision: data[0] ?? 0,
    height: wordAt(data, 1),
    width: wordAt(data, 3),
    components,
  };
}

/** The first frame of a JPEG; null when there is none. */
export function findFrame(bytes: Uint8Array): JpegFrame | null {
  for (let at = 2; ; ) {
    const segment = nextSegment(bytes, at);
    if (!segment || segment.marker === 0xd9 || segment.marker === 0xda) return null;
    if (isFrame(segment.marker)) return frameOf(segment);
    at = segment.end;
  }
}
