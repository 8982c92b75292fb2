import { channels, type Picture, type Plane } from '../raster.ts';

/** Gives a line of a small plane as it would be in a larger one: the array is written anew for every line. */
export type EnlargedRows = (y: number) => Float32Array;

/**
 * Reads a small plane at a larger size line by line (linear between pixels), for loops that need it once:
 * enlarging it whole would cost as much memory as the picture itself.
 */
export function enlargedRows(plane: Plane, width: number, height: number): EnlargedRows {
  const { data } = plane;
  const across = places(plane.width, width);
  const down = places(plane.height, height);
  const line = new Float32Array(plane.width);
  const out = new Float32Array(width);
  return (y) => {
    const one = (down.first[y] as number) * plane.width;
    const two = Math.min(plane.height - 1, (down.first[y] as number) + 1) * plane.width;
    const share = down.share[y] as number;
    for (let x = 0; x < line.length; x++) {
      const here = data[one + x] as number;
      line[x] = here + share * ((data[two + x] as number) - here);
    }
    const last = line.length - 1;
    for (let x = 0; x < width; x++) {
      const at = across.first[x] as number;
      const here = line[at] as number;
      out[x] = here + (across.share[x] as number) * ((line[at < last ? at + 1 : last] as number) - here);
    }
    return out;
  };
}

/** The same of each channel of a small picture. */
export function enlargedPicture(
  picture: Picture,
  width: number,
  height: number,
): (y: number) => readonly [Float32Array, Float32Array, Float32Array] {
  const [r, g, b] = channels(picture).map((plane) => enlargedRows(plane, width, height)) as [
    EnlargedRows,
    EnlargedRows,
    EnlargedRows,
  ];
  return (y) => [r(y), g(y), b(y)];
}

/** Between which two old samples each new one lies, and how near the second. */
function places(from: number, to: number): { first: Int32Array; share: Float32Array } {
  const first = new Int32Array(to);
  const share = new Float32Array(to);
  for (let k = 0; k < to; k++) {
    const at = Math.min(from - 1, Math.max(0, ((k + 0.5) * from) / to - 0.5));
    first[k] = at | 0;
    share[k] = at - (at | 0);
  }
  return { first, share };
}
