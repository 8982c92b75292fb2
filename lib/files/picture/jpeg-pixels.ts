import { findFrame, frameOf, isFrame, type JpegFrame, nextSegment, wordAt } from './jpeg-frame.ts';

/** The coded data said what no table knows, or, with `isCut`, ended too early: from here on pixels are lost. */
class LostPixels extends Error {
  readonly isCut: boolean;

  constructor(isCut = false) {
    super('pixels are lost');
    this.isCut = isCut;
  }
}

/** For every 16 bits that may come next: the length of the code they begin with, and its symbol. */
type Codes = Uint16Array;

/** Huffman codes by their lengths (ITU-T T.81, annex C). */
function readCodes(counts: Uint8Array, symbols: Uint8Array): Codes {
  const codes = new Uint16Array(65_536);
  let [code, place] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < (counts[length - 1] ?? 0); i++, place++, code++) {
      const first = code << (16 - length);
      codes.fill((length << 8) | (symbols[place] ?? 0), first, first + (1 << (16 - length)));
    }
    code <<= 1;
  }
  return codes;
}

/** Reads coded data bit by bit up to the next marker. */
function openBits(bytes: Uint8Array, start: number) {
  let [at, held, count] = [start, 0, 0];
  const fill = () => {
    while (count <= 16 && at < bytes.length) {
      const byte = bytes[at] as number;
      if (byte === 0xff) {
        if (bytes[at + 1] !== 0) return;
        at += 1;
      }
      at += 1;
      held = ((held << 8) | byte) & 0xffffff;
      count += 8;
    }
  };
  const take = (bits: number): number => {
    if (bits === 0) return 0;
    if (count < bits) fill();
    if (count < bits) throw new LostPixels(true);
    count -= bits;
    return (held >> count) & ((1 << bits) - 1);
  };
  return {
    take,
    symbol(codes: Codes | undefined): number {
      if (count < 16) fill();
      const ahead = count >= 16 ? held >> (count - 16) : held << (16 - count);
      if (!codes) throw new LostPixels();
      const found = codes[ahead & 0xffff] as number;
      const length = found >> 8;
      // Past the end nothing but noughts is seen, which may be no code at all.
      if (length === 0 || length > count) throw new LostPixels(count < 16);
      count -= length;
      return found & 255;
    },
    /** Passes over the restart that must come next; answers where coded data goes on. */
    restart(number: number) {
      [held, count] = [0, 0];
      while (at < bytes.length && (bytes[at] !== 0xff || bytes[at + 1] === 0 || bytes[at + 1] === 0xff))
        at += 1;
      if (bytes[at + 1] !== 0xd0 + (number & 7)) throw new LostPixels();
      at += 2;
    },
    place: () => at,
  };
}

type Bits = ReturnType<typeof openBits>;

/** What a scan header says (B.2.3). */
type Scan = {
  readonly parts: readonly { readonly component: number; readonly dc: number; readonly ac: number }[];
  readonly first: number;
  readonly last: number;
  readonly high: number;
  readonly low: number;
};

/** What has been seen of one component. */
type Progress = {
  /** Blocks side by side and below each other, where it is coded alone. */
  readonly columns: number;
  readonly rows: number;
  /** Of each coefficient the lowest bit that came, or 15. */
  readonly bit: Uint8Array;
  /** For refinement: which coefficients of each block are not zero, one bit each. */
  nonZero: Uint32Array | null;
};

function progressOf(frame: JpegFrame): Progress[] {
  const most = (side: 'across' | 'down') => Math.max(...frame.components.map((one) => one[side]));
  const blocks = (length: number, share: number) => Math.ceil(Math.ceil(length * share) / 8);
  return frame.components.map(({ across, down }) => ({
    columns: blocks(frame.width, across / most('across')),
    rows: blocks(frame.height, down / most('down')),
    bit: new Uint8Array(64).fill(15),
    nonZero: null,
  }));
}

/** With 8 bits a mean differs by 11 bits at most and a coefficient has 10 (tables F.1 and F.2). */
function meanStep(bits: Bits, dc: Codes | undefined): void {
  const size = bits.symbol(dc);
  if (size > 11) throw new LostPixels();
  bits.take(size);
}

function sequentialBlock(bits: Bits, dc: Codes | undefined, ac: Codes | undefined): void {
  meanStep(bits, dc);
  for (let k = 1; k < 64; k++) {
    const symbol = bits.symbol(ac);
    const [run, size] = [symbol >> 4, symbol & 15];
    if (size === 0 && run < 15) return;
    k += run;
    if (k > 63 || size > 10) throw new LostPixels();
    bits.take(size);
  }
}

/** One block of a band of a progressive scan (G.1.2.2 and G.1.2.3); answers how many blocks end here without a word. */
function bandBlock(
  bits: Bits,
  codes: Codes | undefined,
  scan: Scan,
  seen: Uint32Array,
  block: number,
  ended: number,
) {
  const isSeen = (k: number) => (((seen[2 * block + (k >> 5)] as number) >>> (k & 31)) & 1) === 1;
  const see = (k: number) => {
    seen[2 * block + (k >> 5)] = (seen[2 * block + (k >> 5)] as number) | (1 << (k & 31));
  };
  const refines = scan.high > 0;
  let [k, left] = [scan.first, ended];
  while (left === 0 && k <= scan.last) {
    const symbol = bits.symbol(codes);
    let run = symbol >> 4;
    const size = symbol & 15;
    if (size === 0 && run < 15) {
      left = (1 << run) + bits.take(run);
      break;
    }
    if (size > 0) bits.take(refines ? 1 : size);
    if (refines) {
      for (; k <= scan.last; k++) {
        if (isSeen(k)) bits.take(1);
        else if (run-- === 0) break;
      }
    } else k += run;
    if (size > 0) {
      if (k > scan.last) throw new LostPixels();
      see(k);
    }
    k += 1;
  }
  if (left === 0) return 0;
  if (refines) for (; k <= scan.last; k++) if (isSeen(k)) bits.take(1);
  return left - 1;
}

type Tables = { readonly dc: Codes[]; readonly ac: Codes[]; restartEvery: number };

/** Walks through one scan; answers where the bytes after it begin. Throws when some of it is missing. */
function walkScan(
  bytes: Uint8Array,
  from: number,
  frame: JpegFrame,
  all: Progress[],
  scan: Scan,
  tables: Tables,
) {
  const bits = openBits(bytes, from);
  const isProgressive = frame.process === 2;
  const single = scan.parts.length === 1 ? all[scan.parts[0]?.component ?? 0] : undefined;
  const most = (side: 'across' | 'down') => Math.max(...frame.components.map((one) => one[side]));
  const units = single
    ? single.columns * single.rows
    : Math.ceil(frame.width / (8 * most('across'))) * Math.ceil(frame.height / (8 * most('down')));
  if (isProgressive && single && scan.first > 0) single.nonZero ??= new Uint32Array(2 * units);
  let ended = 0;
  for (let unit = 0; unit < units; unit++) {
    if (tables.restartEvery > 0 && unit > 0 && unit % tables.restartEvery === 0) {
      bits.restart(unit / tables.restartEvery - 1);
      ended = 0;
    }
    for (const { component, dc, ac } of scan.parts) {
      const { across = 1, down = 1 } = frame.components[component] ?? {};
      for (let block = single ? 1 : across * down; block > 0; block--) {
        if (!isProgressive) sequentialBlock(bits, tables.dc[dc], tables.ac[ac]);
        else if (scan.first > 0 && single?.nonZero)
          ended = bandBlock(bits, tables.ac[ac], scan, single.nonZero, unit, ended);
        else if (scan.high > 0) bits.take(1);
        else meanStep(bits, tables.dc[dc]);
      }
    }
  }
  for (const { component } of scan.parts)
    all[component]?.bit.fill(
      isProgressive ? scan.low : 0,
      isProgressive ? scan.first : 0,
      isProgressive ? scan.last + 1 : 64,
    );
  return bits.place();
}

function scanOf(data: Uint8Array, frame: JpegFrame): Scan | null {
  const count = data[0] ?? 0;
  const at = 1 + 2 * count;
  if (count < 1 || count > 4 || data.length < at + 3) return null;
  const parts = Array.from({ length: count }, (_, i) => {
    const selector = data[2 + 2 * i] ?? 0;
    const component = frame.components.findIndex(({ id }) => id === data[1 + 2 * i]);
    return { component, dc: selector >> 4, ac: selector & 15 };
  });
  const [first = 0, last = 63, bits = 0] = data.subarray(at, at + 3);
  const isPossible = first <= last && last < 64 && (first === 0 || count === 1);
  if (parts.some(({ component }) => component < 0) || (frame.process === 2 && !isPossible)) return null;
  return { parts, first, last, high: bits >> 4, low: bits & 15 };
}

function readTables({ dc, ac }: Tables, data: Uint8Array): void {
  for (let at = 0; at + 17 <= data.length; ) {
    const kind = data[at] ?? 0;
    const counts = data.subarray(at + 1, at + 17);
    const size = counts.reduce((sum, count) => sum + count, 0);
    (kind >> 4 ? ac : dc)[kind & 15] = readCodes(counts, data.subarray(at + 17, at + 17 + size));
    at += 17 + size;
  }
}

/**
 * Walks through the coded data of a JPEG. `whole`: every block of every component is there in full precision, whatever
 * else stands in the file or is missing from it. `cut`: it ends too early, even if an end marker says otherwise. `unsure`:
 * broken in another way, or of a kind that is not walked through (arithmetic, lossless, of unknown height). Runs in browsers too.
 */
export function walkJpeg(bytes: Uint8Array): 'whole' | 'cut' | 'unsure' {
  const frame = findFrame(bytes);
  if (!frame || frame.process > 2 || frame.width === 0 || frame.height === 0) return 'unsure';
  const all = progressOf(frame);
  const tables: Tables = { dc: [], ac: [], restartEvery: 0 };
  const isWhole = () => all.every(({ bit }) => bit.every((low) => low === 0));
  let frames = 0;
  for (let at = 2; ; ) {
    const segment = nextSegment(bytes, at);
    if (!segment || segment.marker === 0xd9) return isWhole() ? 'whole' : 'unsure';
    const { marker, data } = segment;
    at = segment.end;
    if (isFrame(marker) && (++frames > 1 || !frameOf(segment))) return 'unsure';
    if (marker === 0xc4) readTables(tables, data);
    if (marker === 0xdd) tables.restartEvery = data.length >= 2 ? wordAt(data, 0) : 0;
    if (marker !== 0xda) continue;
    const scan = scanOf(data, frame);
    if (!scan) return 'unsure';
    try {
      at = walkScan(bytes, at, frame, all, scan, tables);
    } catch (error) {
      if (error instanceof LostPixels) return error.isCut ? 'cut' : 'unsure';
      throw error;
    }
  }
}
