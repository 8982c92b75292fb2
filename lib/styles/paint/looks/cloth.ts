import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { tabled } from '../kernels/tabled.ts';
import { clamp, luma, type Picture } from '../raster.ts';

/** Flat cloth, ready to be laid: without the light it was photographed in. */
export type Cloth = {
  readonly picture: Picture;
  /** Whether one piece joins the next as it is; otherwise every second one is mirrored. */
  readonly joins: boolean;
};

const largestCloth = 1024;

/** Cuts a part out of a picture; null means all of it. */
export function cutRegion(picture: Picture, region: LookRegion | null): Picture {
  if (!region) return picture;
  const x = Math.round(clamp(region.x, 0, 0.98) * picture.width);
  const y = Math.round(clamp(region.y, 0, 0.98) * picture.height);
  const width = Math.max(1, Math.min(picture.width - x, Math.round(region.width * picture.width)));
  const height = Math.max(1, Math.min(picture.height - y, Math.round(region.height * picture.height)));
  const cut = (from: Float32Array) => {
    const out = new Float32Array(width * height);
    for (let row = 0; row < height; row++) {
      const start = (y + row) * picture.width + x;
      out.set(from.subarray(start, start + width), row * width);
    }
    return out;
  };
  return { width, height, r: cut(picture.r), g: cut(picture.g), b: cut(picture.b) };
}

/** Reads cloth from a picture of it: the marked part, or what is inside a plain border. */
export function readCloth(reference: Picture, region: LookRegion | null): Cloth {
  const marked = region ? cutRegion(reference, region) : withoutBorder(reference);
  const longest = Math.max(marked.width, marked.height);
  const size = fitted(marked, Math.min(largestCloth, longest));
  const picture = longest > largestCloth ? resizePicture(marked, size.width, size.height) : copyOf(marked);
  const joins = joinsItself(picture);
  if (!joins) evenLight(picture);
  return { picture, joins };
}

function copyOf({ width, height, r, g, b }: Picture): Picture {
  return { width, height, r: r.slice(), g: g.slice(), b: b.slice() };
}

/** Product shots have a plain border: it is no part of the cloth. */
function withoutBorder(picture: Picture): Picture {
  const light = luma(picture);
  const { width, height, data } = light;
  const spread = (from: number, step: number, count: number) => {
    let [low, high] = [1, 0];
    for (let k = 0, i = from; k < count; k++, i += step) {
      low = Math.min(low, data[i] as number);
      high = Math.max(high, data[i] as number);
    }
    return high - low;
  };
  const isPlainRow = (y: number) => spread(y * width, 1, width) < 0.05;
  const isPlainColumn = (x: number) => spread(x, width, height) < 0.05;
  const inner = (count: number, isPlain: (at: number) => boolean): [number, number] => {
    let [from, to] = [0, count];
    while (from < count * 0.4 && isPlain(from)) from++;
    while (to > count * 0.6 && isPlain(to - 1)) to--;
    return [from, to];
  };
  const [top, bottom] = inner(height, isPlainRow);
  const [left, right] = inner(width, isPlainColumn);
  // All plain: it is a plain cloth, and its border is the cloth.
  if (bottom - top < height * 0.3 || right - left < width * 0.3) return picture;
  return cutRegion(picture, {
    x: left / width,
    y: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  });
}

/** Whether the right border goes on in the left one and the lower in the upper one. */
function joinsItself({ width, height, r, g, b }: Picture): boolean {
  const step = (one: number, two: number) =>
    Math.abs((r[one] as number) - (r[two] as number)) +
    Math.abs((g[one] as number) - (g[two] as number)) +
    Math.abs((b[one] as number) - (b[two] as number));
  let [across, inside] = [0, 0];
  for (let y = 0; y < height; y++) {
    across += step(y * width, y * width + width - 1);
    inside += step(y * width + (width >> 1), y * width + (width >> 1) + 1);
  }
  let [down, within] = [0, 0];
  for (let x = 0; x < width; x++) {
    down += step(x, (height - 1) * width + x);
    within += step((height >> 1) * width + x, ((height >> 1) + 1) * width + x);
  }
  const limit = 0.06;
  return across < 2.2 * inside + limit * height && down < 2.2 * within + limit * width;
}

/** Takes broad light and shade out, in place: the cloth gets the light of the person who wears it. */
function evenLight(picture: Picture): void {
  const light = luma(picture);
  const size = fitted(light, Math.min(96, Math.max(light.width, light.height)));
  const small = resize(light, size.width, size.height);
  const broad = gaussian(small, Math.max(size.width, size.height) * 0.22);
  let mean = 0;
  for (const value of small.data) mean += value / small.data.length;
  const field = resize(broad, light.width, light.height).data;
  for (let i = 0; i < field.length; i++) {
    const gain = clamp(mean / Math.max(0.04, field[i] as number), 0.7, 1.4);
    picture.r[i] = Math.min(1, (picture.r[i] as number) * gain);
    picture.g[i] = Math.min(1, (picture.g[i] as number) * gain);
    picture.b[i] = Math.min(1, (picture.b[i] as number) * gain);
  }
}

/**
 * The cloth at the scale at which it is laid: `width` pixels for one piece, linear light, three numbers a pixel.
 * Shrunk with averaging, so that fine weaves do not shimmer.
 */
export function scaledCloth(
  cloth: Cloth,
  width: number,
): { width: number; height: number; linear: Float32Array } {
  const scale = width / cloth.picture.width;
  const w = Math.max(2, Math.round(width));
  const h = Math.max(2, Math.round(cloth.picture.height * scale));
  // Enlarging is left to the sampling itself.
  const picture = scale < 1 ? resizePicture(cloth.picture, w, h, 'crisp') : cloth.picture;
  const linear = new Float32Array(picture.r.length * 3);
  for (let from = 0; from < picture.r.length; from += picture.width)
    linearRow(picture, from, from + picture.width, linear);
  return { width: picture.width, height: picture.height, linear };
}

const toLinear = tabled((value) => Math.max(0, value) ** 2.2);

function linearRow({ r, g, b }: Picture, from: number, to: number, out: Float32Array): void {
  for (let i = from; i < to; i++) {
    out[i * 3] = toLinear(r[i] as number);
    out[i * 3 + 1] = toLinear(g[i] as number);
    out[i * 3 + 2] = toLinear(b[i] as number);
  }
}
