import { channels, type Picture, type Plane } from '../raster.ts';

/** Gives a line of a small plane as it would be in a larger one: the array is written anew for every line. */
export type EnlargedRows = (y: number) => Float32Array;

/**
 * Reads a small plane at a larger size line by line (linear between pixels), for loops that need it once:
 * enlarging it whole would cost as much memory as the picture itself.
 */
export function enlargedRows(plane: Plane, width: number, height: number): EnlargedRows {
  const across = places(plane.width, width);
  const down = places(plane.height, height);
  const line = new Float32Array(plane.width);
  const out = new Float32Array(width);
  const of = { plane, across, down, line, out };
  return (y) => enlargeRow(of, y);
}

type Enlarged = {
  readonly plane: Plane;
  readonly across: Places;
  readonly down: Places;
  readonly line: Float32Array;
  readonly out: Float32Array;
};

function enlargeRow({ plane, across, down, line, out }: Enlarged, y: number): Float32Array {
  betweenRows(plane, down.first[y] as number, down.share[y] as number, line);
  alongRow(line, across, out);
  return out;
}

function betweenRows(plane: Plane, y: number, share: number, line: Float32Array): void {
  const { width, height, data } = plane;
  const one = y * width;
  const two = Math.min(height - 1, y + 1) * width;
  for (let x = 0; x < width; x++) {
    const here = data[one + x] as number;
    line[x] = here + share * ((data[two + x] as number) - here);
  }
}

function alongRow(line: Float32Array, { first, share }: Places, out: Float32Array): void {
  const last = line.length - 1;
  for (let x = 0; x < out.length; x++) {
    const at = first[x] as number;
    const here = line[at] as number;
    out[x] = here + (share[x] as number) * ((line[at < last ? at + 1 : last] as number) - here);
  }
}

/**
 * A line of two small planes of the same size, as wide as they are, and where each place of the large line lies between
 * theirs: for a loop that makes one value of both.
 */
export type PairOfRows = { readonly one: Float32Array; readonly two: Float32Array; readonly across: Places };

/** Gives lines of two planes as high as they would be in larger ones; the arrays are written anew for every line. */
export function enlargedPair(
  one: Plane,
  two: Plane,
  width: number,
  height: number,
): (y: number) => PairOfRows {
  const across = places(one.width, width);
  const down = places(one.height, height);
  const pair = { one: new Float32Array(one.width), two: new Float32Array(two.width), across };
  return (y) => pairAt(one, two, down, pair, y);
}

function pairAt(one: Plane, two: Plane, { first, share }: Places, pair: PairOfRows, y: number): PairOfRows {
  betweenRows(one, first[y] as number, share[y] as number, pair.one);
  betweenRows(two, first[y] as number, share[y] as number, pair.two);
  return pair;
}

/** One line of red, green and blue. */
export type Line = readonly [Float32Array, Float32Array, Float32Array];

/** The same of each channel of a small picture. */
export function enlargedPicture(picture: Picture, width: number, height: number): (y: number) => Line {
  const [r, g, b] = channels(picture).map((plane) => enlargedRows(plane, width, height)) as [
    EnlargedRows,
    EnlargedRows,
    EnlargedRows,
  ];
  return (y) => [r(y), g(y), b(y)];
}

type Places = { readonly first: Int32Array; readonly share: Float32Array };

/** Between which two old samples each new one lies, and how near the second. */
function places(from: number, to: number): Places {
  const first = new Int32Array(to);
  const share = new Float32Array(to);
  for (let k = 0; k < to; k++) {
    const at = Math.min(from - 1, Math.max(0, ((k + 0.5) * from) / to - 0.5));
    first[k] = at | 0;
    share[k] = at - (at | 0);
  }
  return { first, share };
}
