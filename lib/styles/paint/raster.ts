import { eachRun } from './each-row.ts';
/** One channel of floats, row by row. Colour and tone run from 0 to 1 unless a kernel says otherwise. */
export type Plane = { readonly width: number; readonly height: number; readonly data: Float32Array };

/** Three channels of gamma-encoded sRGB, each from 0 to 1, kept apart because kernels work by channel. */
export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly r: Float32Array;
  readonly g: Float32Array;
  readonly b: Float32Array;
};

/** Width and height in pixels. */
export type Size = { readonly width: number; readonly height: number };

/** Whole rows of a picture from its row `top` on: as many as the channels hold. Painters change them in place. */
export type Band = {
  readonly top: number;
  readonly r: Float32Array;
  readonly g: Float32Array;
  readonly b: Float32Array;
};

let made = 0;
let tell: (() => void) | undefined;

/**
 * Calls this whenever planes of about so many bytes have been made since the last time: the host's code can then
 * have the ones that nobody needs any more taken away.
 */
export function whenMuchIsMade(bytes: number, call: () => void): void {
  tell = () => {
    if (made < bytes) return;
    made = 0;
    call();
  };
}

/** Memory that was let go, the last first; asking the system for megabytes anew costs more than using them again. */
const spare: Float32Array[] = [];
let spared = 0;
const mostSpared = 4 * 2 ** 20;

/**
 * Lets go of planes whose values nobody will read again: their memory is used again, and what was not for longest is
 * given back at once. Left to the collector it would be a reason to look through the whole heap.
 */
export function letGo(...planes: readonly (Plane | Picture | Float32Array | null)[]): void {
  for (const plane of planes)
    for (const data of memoryOf(plane)) {
      // A part of a larger memory is not the plane's own to give, and nothing is given twice.
      if (data.length === 0 || data.byteLength !== data.buffer.byteLength || spare.includes(data)) continue;
      spare.push(data);
      spared += data.byteLength;
    }
  while (spared > mostSpared) {
    const { buffer } = spare.shift() as Float32Array;
    spared -= buffer.byteLength;
    made = Math.max(0, made - buffer.byteLength);
    if (buffer instanceof ArrayBuffer) buffer.transfer?.(0);
  }
}

function memoryOf(plane: Plane | Picture | Float32Array | null): readonly Float32Array[] {
  if (!plane) return [];
  if (plane instanceof Float32Array) return [plane];
  return 'data' in plane ? [plane.data] : [plane.r, plane.g, plane.b];
}

/** Memory for so many values, of whatever they were before. */
export function memoryFor(size: number): Float32Array {
  for (let k = spare.length - 1; k >= 0; k--) {
    const data = spare[k] as Float32Array;
    if (data.length !== size) continue;
    spare.splice(k, 1);
    spared -= data.byteLength;
    return data;
  }
  made += size * 4;
  tell?.();
  return new Float32Array(size);
}

/** The same values in memory of their own. */
function copyOf(data: Float32Array): Float32Array {
  const copy = memoryFor(data.length);
  copy.set(data);
  return copy;
}

/** The same picture in memory of its own. */
export function copyOfPicture({ width, height, r, g, b }: Picture): Picture {
  return { width, height, r: copyOf(r), g: copyOf(g), b: copyOf(b) };
}

/** A plane filled with one value. */
export function newPlane(width: number, height: number, value = 0): Plane {
  return { width, height, data: memoryFor(width * height).fill(value) };
}

/** A black picture. */
export function newPicture(width: number, height: number): Picture {
  const size = width * height;
  const [r, g, b] = [memoryFor(size).fill(0), memoryFor(size).fill(0), memoryFor(size).fill(0)];
  return { width, height, r, g, b };
}

/** A colour as [r, g, b], each from 0 to 1. */
export type Colour = readonly [number, number, number];

/** Reads `#rrggbb`. */
export function hex(code: string): Colour {
  const value = Number.parseInt(code.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** The three channels as planes that share the picture's memory. */
export function channels(picture: Picture): [Plane, Plane, Plane] {
  const { width, height } = picture;
  return [
    { width, height, data: picture.r },
    { width, height, data: picture.g },
    { width, height, data: picture.b },
  ];
}

/** Applies a kernel to each channel alone. */
export function eachChannel(picture: Picture, kernel: (channel: Plane) => Plane): Picture {
  const [r, g, b] = channels(picture).map(kernel) as [Plane, Plane, Plane];
  return { width: r.width, height: r.height, r: r.data, g: g.data, b: b.data };
}

/** Luma, with the weights of Rec. 709 on the gamma-encoded values: cheap, and what edges are seen by. */
export function luma(picture: Picture): Plane {
  const { width, height, r, g, b } = picture;
  const out = newPlane(width, height);
  eachRun(out.data.length, lumaRun, { r, g, b, light: out.data });
  return out;
}

type Light = Readonly<Record<'r' | 'g' | 'b' | 'light', Float32Array>>;

function lumaRun({ r, g, b, light }: Light, from: number, to: number): void {
  for (let i = from; i < to; i++)
    light[i] = 0.2126 * (r[i] as number) + 0.7152 * (g[i] as number) + 0.0722 * (b[i] as number);
}

export function clamp01(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

export function mix(from: number, to: number, amount: number): number {
  return from + (to - from) * amount;
}

/** 0 below `low`, 1 above `high`, an S between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp01((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}
