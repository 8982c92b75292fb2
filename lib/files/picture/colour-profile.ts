import { deflateSync } from 'node:zlib';

type Point = readonly [number, number];

/** Chromaticities (x, y) of the primaries and of white. */
export type Primaries = {
  readonly white: Point;
  readonly red: Point;
  readonly green: Point;
  readonly blue: Point;
};

/**
 * From a stored value to light, both 0 to 1: a power; or with a straight part near black, as in ICC.1 parametric curves
 * of type 3 (value >= d: (a value + b) ^ g, else c value); or any other, sampled.
 */
export type Transfer =
  | { readonly gamma: number }
  | { readonly curve: readonly [g: number, a: number, b: number, c: number, d: number] }
  | { readonly light: (value: number) => number };

export type Rendering = { readonly primaries: Primaries; readonly transfer: Transfer };

const d65: Point = [0.3127, 0.329];
export const bt709 = { white: d65, red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06] } as const;
const smpte170 = { white: d65, red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07] } as const;
const p3 = { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] } as const;

const srgb = { curve: [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045] } as const;
/** Of television, as a screen shows it (ITU-R BT.1886); browsers do so too. */
const video = { gamma: 2.4 } as const;

/**
 * Light beyond a screen's has to be folded into it, and nothing says how. These are the grey levels that Chromium (156)
 * shows for the values 0, 17, 34, ... 255 of PQ and HLG (ITU-R BT.2100) in 8 bits.
 */
const perceptual = [0, 1, 6, 18, 34, 54, 80, 112, 153, 200, 229, 250, 255, 255, 255, 255];
const hybrid = [0, 3, 16, 31, 46, 61, 76, 91, 107, 126, 150, 179, 207, 225, 241, 255];

/** A transfer from shown levels at even steps. */
function shownAs(levels: readonly number[]): Transfer {
  const [g, a, b, c, d] = srgb.curve;
  return {
    light(value) {
      const at = Math.min(levels.length - 2, Math.floor(value * (levels.length - 1)));
      const [low, high] = [levels[at] ?? 0, levels[at + 1] ?? 255];
      const level = (low + (high - low) * (value * (levels.length - 1) - at)) / 255;
      return level < d ? c * level : (a * level + b) ** g;
    },
  };
}

/** Colour primaries by their number in ITU-T H.273, table 2. */
export function primariesOf(code: number): Primaries | null {
  const known: Readonly<Record<number, Primaries>> = {
    1: bt709,
    4: { white: [0.31, 0.316], red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08] },
    5: { white: d65, red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06] },
    6: smpte170,
    7: smpte170,
    9: { white: d65, red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046] },
    11: { white: [0.314, 0.351], ...p3 },
    12: { white: d65, ...p3 },
  };
  return known[code] ?? null;
}

/** Transfer characteristics by their number in ITU-T H.273, table 3. */
export function transferOf(code: number): Transfer | null {
  const known: Readonly<Record<number, Transfer>> = {
    1: video,
    4: { gamma: 2.2 },
    5: { gamma: 2.8 },
    6: video,
    8: { gamma: 1 },
    13: srgb,
    14: video,
    15: video,
    16: shownAs(perceptual),
    18: shownAs(hybrid),
  };
  return known[code] ?? null;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

function times(m: Matrix, [x, y, z]: readonly [number, number, number]): [number, number, number] {
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix | null {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const whole = a * A + b * B + c * C;
  if (!(Math.abs(whole) > 1e-6)) return null;
  const cells = [
    A,
    c * h - b * i,
    b * f - c * e,
    B,
    a * i - c * g,
    c * d - a * f,
    C,
    b * g - a * h,
    a * e - b * d,
  ];
  return cells.map((cell) => cell / whole) as unknown as Matrix;
}

const xyzOf = ([x, y]: Point): [number, number, number] => [x / y, 1, (1 - x - y) / y];
const d50 = [0.9642, 1, 0.8249] as const;
/** Cone responses after Bradford, as ICC.1 annex E adapts white with them. */
const cones: Matrix = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];

/** The light of each primary in XYZ, as it looks where white is D50; null for primaries that span no colours. */
function columnsOf({ white, red, green, blue }: Primaries): [number, number, number][] | null {
  if ([white, red, green, blue].some(([, y]) => !(y > 0))) return null;
  const [r, g, b, w] = [xyzOf(red), xyzOf(green), xyzOf(blue), xyzOf(white)];
  const strengths = inverse([r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]]);
  const back = inverse(cones);
  if (!strengths || !back) return null;
  const share = times(strengths, w);
  const [from, to] = [times(cones, w), times(cones, d50)];
  return [r, g, b].map((primary, place) => {
    const lit = primary.map((part) => part * (share[place] ?? 0)) as [number, number, number];
    const seen = times(cones, lit);
    return times(back, [
      (seen[0] * to[0]) / from[0],
      (seen[1] * to[1]) / from[1],
      (seen[2] * to[2]) / from[2],
    ]);
  });
}

const fixed16 = (values: readonly number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [place, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65_536), 4 * place);
  return bytes;
};
const tagged = (name: string, ...rest: Buffer[]) => Buffer.concat([Buffer.from(`${name}\0\0\0\0`), ...rest]);
const xyzTag = (values: readonly number[]) => tagged('XYZ ', fixed16(values));

function curveTag(transfer: Transfer): Buffer {
  if ('gamma' in transfer) return tagged('para', Buffer.from([0, 0, 0, 0]), fixed16([transfer.gamma]));
  if ('curve' in transfer) return tagged('para', Buffer.from([0, 3, 0, 0]), fixed16(transfer.curve));
  const count = 4096;
  const table = Buffer.alloc(4 + 2 * count);
  table.writeUInt32BE(count, 0);
  for (let i = 0; i < count; i++)
    table.writeUInt16BE(Math.round(65_535 * transfer.light(i / (count - 1))), 4 + 2 * i);
  return tagged('curv', table);
}

/**
 * The data of an iCCP chunk: a name and, packed, an ICC profile (ICC.1:2010, sections 7 and 9.2) that says this
 * rendering, for a grey picture its curve alone. Null for colours that cannot be.
 */
export function colourProfile({ primaries, transfer }: Rendering, isGrey: boolean): Buffer | null {
  const columns = columnsOf(primaries);
  if (!columns) return null;
  const curve = curveTag(transfer);
  const tags: [string, Buffer][] = [['wtpt', xyzTag(d50)]];
  if (isGrey) tags.push(['kTRC', curve]);
  else
    for (const [place, colour] of ['r', 'g', 'b'].entries())
      tags.push([`${colour}XYZ`, xyzTag(columns[place] ?? [])], [`${colour}TRC`, curve]);
  const head = Buffer.alloc(128 + 4 + 12 * tags.length);
  const bodies: Buffer[] = [];
  let at = head.length;
  head.writeUInt32BE(tags.length, 128);
  for (const [place, [name, body]] of tags.entries()) {
    const entry = 132 + 12 * place;
    head.write(name, entry, 'latin1');
    head.writeUInt32BE(at, entry + 4);
    head.writeUInt32BE(body.length, entry + 8);
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
    bodies.push(padded);
    at += padded.length;
  }
  head.writeUInt32BE(at, 0);
  head.writeUInt32BE(0x04200000, 8);
  head.write(`mntr${isGrey ? 'GRAY' : 'RGB '}XYZ `, 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  fixed16(d50).copy(head, 68);
  return Buffer.concat([Buffer.from('said\0\0', 'latin1'), deflateSync(Buffer.concat([head, ...bodies]))]);
}
