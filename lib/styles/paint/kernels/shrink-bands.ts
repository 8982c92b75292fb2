import { newPicture, type Picture } from '../raster.ts';

/** Takes a picture band by band and gives it whole, smaller by a whole number of times. */
export type BandShrink = {
  /** The next rows, from the top, as bytes of red, green, blue and one more (opacity, not looked at) per pixel. */
  add(bytes: Uint8ClampedArray, rows: number): void;
  /** After the last row; the sides are those of the original over `times`, rounded up. */
  finish(): Picture;
};

/**
 * Averages blocks of `times` x `times` pixels of a picture of `width` x `height` that is too large to be held at once.
 * Blocks at the right and at the bottom edge may be smaller.
 */
export function shrinkInBands(width: number, height: number, times: number): BandShrink {
  const out = newPicture(Math.ceil(width / times), Math.ceil(height / times));
  const sums = new Uint32Array(out.width * 3);
  let seen = 0;
  const write = (rows: number) => {
    const line = Math.floor((seen - 1) / times) * out.width;
    for (let x = 0; x < out.width; x++) {
      const columns = Math.min(width, (x + 1) * times) - x * times;
      const share = 1 / (255 * rows * columns);
      out.r[line + x] = (sums[3 * x] as number) * share;
      out.g[line + x] = (sums[3 * x + 1] as number) * share;
      out.b[line + x] = (sums[3 * x + 2] as number) * share;
    }
    sums.fill(0);
  };
  return {
    add(bytes, rows) {
      for (let y = 0, at = 0; y < rows; y++) {
        for (let x = 0, px = 0, s = 0; x < out.width; x++, s += 3) {
          const end = Math.min(width, px + times);
          let [r, g, b] = [0, 0, 0];
          for (; px < end; px++, at += 4) {
            r += bytes[at] as number;
            g += bytes[at + 1] as number;
            b += bytes[at + 2] as number;
          }
          sums[s] = (sums[s] as number) + r;
          sums[s + 1] = (sums[s + 1] as number) + g;
          sums[s + 2] = (sums[s + 2] as number) + b;
        }
        seen += 1;
        if (seen % times === 0) write(times);
        else if (seen === height) write(height % times);
      }
    },
    finish: () => out,
  };
}
