import { eachRow } from '../each-row.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { inOrder } from '../kernels/in-order.ts';
import { resize } from '../kernels/resize.ts';
import { eachChannel, letGo, luma, type Picture, type Plane } from '../raster.ts';

/** Grain weaker than this, as a share of full light, nobody draws. Crisp photos of leaves and gravel measure up to 0.011. */
const leastNoise = 0.016;
/** Noise is measured in squares of so many pixels, where a photo is smoothest: so large a share of them is smoother. */
const [square, smoothest] = [16, 0.25];
/** Nothing can be told of squares that are nearly black or white, where noise is cut off. */
const [black, white] = [0.06, 0.94];
/** Contrasts up to so many times the noise are smoothed away, within so many pixels of a longest side of 1024. */
const [times, reach] = [2.6, 3.2];

/**
 * The photo without noise that lines, gouges and dots would follow: what was taken in the dark by a small sensor. The photo
 * itself when there is none. Looks at half the size, where noise of a photo that was enlarged is seen as well.
 */
export function stillNoise(photo: Picture, unit: number): Picture {
  const light = luma(photo);
  const half = resize(light, Math.ceil(photo.width / 2), Math.ceil(photo.height / 2));
  const noise = noiseOf(half);
  letGo(half);
  if (noise < leastNoise) {
    letGo(light);
    return photo;
  }
  const filter = {
    sigma: reach * unit,
    epsilon: (times * noise) ** 2,
    fitAt: Math.max(photo.width, photo.height) / 2,
  };
  const still = eachChannel(photo, (channel) => guidedFilter(light, channel, filter));
  letGo(light);
  return still;
}

type Measured = Plane & { readonly found: Float32Array };

/**
 * The standard deviation of noise where a photo is smooth.
 * (Immerkær: Fast Noise Variance Estimation, Computer Vision and Image Understanding 64, 1996.)
 */
function noiseOf(light: Plane): number {
  const [columns, rows] = [
    Math.floor((light.width - 2) / square),
    Math.floor((light.height - 2) / square / 2),
  ];
  const found = new Float32Array(Math.max(0, columns * rows));
  eachRow(Math.max(0, rows), squaresRow, { ...light, found });
  const told = found.filter((value) => value >= 0);
  return told.length < found.length / 20 ? 0 : inOrder(told, Math.floor(smoothest * (told.length - 1)));
}

function squaresRow({ width, data, found }: Measured, row: number): void {
  const columns = Math.floor((width - 2) / square);
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    let total = 0;
    // Every other row of squares tells enough.
    const top = 2 * row * square + 1;
    for (let y = top; y < top + square; y++)
      for (let i = y * width + column * square + 1, end = i + square; i < end; i++) {
        const sides =
          (data[i - 1] as number) +
          (data[i + 1] as number) +
          (data[i - width] as number) +
          (data[i + width] as number);
        const corners =
          (data[i - width - 1] as number) +
          (data[i - width + 1] as number) +
          (data[i + width - 1] as number) +
          (data[i + width + 1] as number);
        sum += Math.abs(corners - 2 * sides + 4 * (data[i] as number));
        total += data[i] as number;
      }
    const mean = total / square ** 2;
    found[row * columns + column] =
      mean < black || mean > white ? -1 : (Math.sqrt(Math.PI / 2) / 6) * (sum / square ** 2);
  }
}
