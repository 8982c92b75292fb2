import { seededRandom } from '../kernels/random.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { mix, newPicture, type Picture, type Plane } from '../raster.ts';

/** For each pixel of a small copy of the photo, which pixel of an equally small copy of the reference suits it. */
export type TextureMatch = {
  readonly width: number;
  readonly height: number;
  /** Centres in the reference's small copy. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly from: { readonly width: number; readonly height: number };
};

const half = 2;
const side = 2 * half + 1;
/**
 * Longest sides, coarse to fine; how often the match is made and laid out anew at each; and how far around what a
 * place has found it looks for better, as a share of the reference: what is far away was looked at when it was small.
 */
const levels = [
  { longest: 64, rounds: 3, widest: 1 },
  { longest: 128, rounds: 2, widest: 0.5 },
  { longest: 256, rounds: 1, widest: 0.125 },
] as const;
/** The longest side of the finest level. */
export const matchedSide = 256;

/**
 * Finds for every place of the photo a patch of the reference (Barnes et al.: PatchMatch, SIGGRAPH 2009, inside the rounds
 * of Kwatra et al.: Texture Optimization for Example-based Synthesis, SIGGRAPH 2005). `content` (0 to 1, at the photo's size) says how much a place must stay what it is.
 */
export function matchTexture(photo: Picture, reference: Picture, content: Plane): TextureMatch {
  const random = seededRandom(29);
  let match: TextureMatch | null = null;
  let laid: Picture | null = null;
  for (const { longest, rounds, widest } of levels) {
    const size = fitted(photo, Math.min(longest, Math.max(photo.width, photo.height)));
    const sourceSize = fitted(reference, Math.min(longest, Math.max(reference.width, reference.height)));
    const source = resizePicture(
      reference,
      Math.max(side, sourceSize.width),
      Math.max(side, sourceSize.height),
      'smooth',
    );
    const wanted = resizePicture(photo, size.width, size.height, 'smooth');
    const hold = resize(content, size.width, size.height).data;
    const patches = interleaved(source, 0);
    const next: TextureMatch = match ? enlarged(match, size, source) : scattered(size, source, random);
    laid = laid ? resizePicture(laid, size.width, size.height, 'smooth') : layOut(next, source);
    for (let round = 0; round < rounds; round++) {
      // The first match looks at the photo alone: what it finds there has the right colour to begin with.
      const goal = interleaved(match || round > 0 ? between(laid, wanted, hold) : wanted, half);
      improve(next, goal, patches, Math.max(source.width, source.height) * widest, random);
      if (round + 1 < rounds || longest !== matchedSide) laid = layOut(next, source);
    }
    match = next;
  }
  if (!match) throw new Error('There is no level to match at');
  return match;
}

/** What a patch is compared with: the texture laid so far, drawn towards the photo. */
function between(laid: Picture, wanted: Picture, hold: Float32Array): Picture {
  const out = newPicture(laid.width, laid.height);
  for (let i = 0; i < hold.length; i++) {
    const share = hold[i] as number;
    out.r[i] = mix(laid.r[i] as number, wanted.r[i] as number, share);
    out.g[i] = mix(laid.g[i] as number, wanted.g[i] as number, share);
    out.b[i] = mix(laid.b[i] as number, wanted.b[i] as number, share);
  }
  return out;
}

/**
 * Three whole numbers a pixel, with `pad` pixels of border repeated around: sums of them are quicker than of
 * fractions. Green weighs most, as in the eye.
 */
function interleaved(picture: Picture, pad: number): Int16Array {
  const { width, height, r, g, b } = picture;
  const stride = width + 2 * pad;
  const out = new Int16Array(stride * (height + 2 * pad) * 3);
  for (let y = -pad, at = 0; y < height + pad; y++) {
    const row = Math.min(height - 1, Math.max(0, y)) * width;
    for (let x = -pad; x < width + pad; x++, at += 3) {
      const i = row + Math.min(width - 1, Math.max(0, x));
      out[at] = 408 * (r[i] as number);
      out[at + 1] = 612 * (g[i] as number);
      out[at + 2] = 357 * (b[i] as number);
    }
  }
  return out;
}

function scattered(size: Size, source: Size, random: () => number): TextureMatch {
  const count = size.width * size.height;
  const match = empty(size, source);
  for (let i = 0; i < count; i++) {
    match.x[i] = half + Math.floor(random() * (source.width - 2 * half));
    match.y[i] = half + Math.floor(random() * (source.height - 2 * half));
  }
  return match;
}

type Size = { readonly width: number; readonly height: number };

function empty({ width, height }: Size, source: Size): TextureMatch {
  const count = width * height;
  return {
    width,
    height,
    x: new Int32Array(count),
    y: new Int32Array(count),
    from: { width: source.width, height: source.height },
  };
}

function enlarged(match: TextureMatch, size: Size, source: Size): TextureMatch {
  const out = empty(size, source);
  const [sx, sy] = [match.width / size.width, match.height / size.height];
  const [tx, ty] = [source.width / match.from.width, source.height / match.from.height];
  for (let y = 0, i = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, i++) {
      const px = (x + 0.5) * sx;
      const py = (y + 0.5) * sy;
      const ix = Math.min(match.width - 1, px | 0);
      const iy = Math.min(match.height - 1, py | 0);
      const at = iy * match.width + ix;
      out.x[i] = inside(Math.round(((match.x[at] as number) + px - ix) * tx - 0.5), source.width);
      out.y[i] = inside(Math.round(((match.y[at] as number) + py - iy) * ty - 0.5), source.height);
    }
  }
  return out;
}

function inside(place: number, length: number): number {
  return Math.min(length - 1 - half, Math.max(half, place));
}

/** Lets every place look at its neighbours' matches and at a few others, there and back. */
function improve(
  match: TextureMatch,
  goal: Int16Array,
  patches: Int16Array,
  widest: number,
  random: () => number,
): void {
  const { width, height, x: mx, y: my, from } = match;
  const stride = (width + 2 * half) * 3;
  const sourceStride = from.width * 3;
  const turn = stride - side * 3;
  const sourceTurn = sourceStride - side * 3;
  const cost = new Int32Array(width * height);
  const distance = (px: number, py: number, qx: number, qy: number, limit: number): number => {
    let a = py * stride + px * 3;
    let b = (qy - half) * sourceStride + (qx - half) * 3;
    let sum = 0;
    for (let row = 0; row < side && sum < limit; row++, a += turn, b += sourceTurn) {
      const end = a + side * 3;
      for (; a < end; a += 3, b += 3) {
        const one = (goal[a] as number) - (patches[b] as number);
        const two = (goal[a + 1] as number) - (patches[b + 1] as number);
        const three = (goal[a + 2] as number) - (patches[b + 2] as number);
        sum = (sum + Math.imul(one, one) + Math.imul(two, two) + Math.imul(three, three)) | 0;
      }
    }
    return sum;
  };
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      cost[i] = distance(x, y, mx[i] as number, my[i] as number, 0x7fffffff);
  const lastX = from.width - 1 - half;
  const lastY = from.height - 1 - half;
  const within = (place: number, last: number): number => (place < half ? half : place > last ? last : place);
  // What the place at hand has found so far; kept out here because this loop must make no garbage.
  let best = 0;
  let bestX = 0;
  let bestY = 0;
  const offer = (px: number, py: number, qx: number, qy: number): void => {
    if (qx === bestX && qy === bestY) return;
    const found = distance(px, py, qx, qy, best);
    if (found >= best) return;
    best = found;
    bestX = qx;
    bestY = qy;
  };
  for (const step of [1, -1]) {
    for (let n = 0; n < width * height; n++) {
      const i = step > 0 ? n : width * height - 1 - n;
      const y = (i / width) | 0;
      const x = i - y * width;
      best = cost[i] as number;
      bestX = mx[i] as number;
      bestY = my[i] as number;
      if (x - step >= 0 && x - step < width) {
        offer(x, y, within((mx[i - step] as number) + step, lastX), my[i - step] as number);
      }
      if (y - step >= 0 && y - step < height) {
        const above = i - step * width;
        offer(x, y, mx[above] as number, within((my[above] as number) + step, lastY));
      }
      for (let reach = widest; reach >= 1; reach *= 0.3) {
        const qx = within(Math.round(bestX + (2 * random() - 1) * reach), lastX);
        const qy = within(Math.round(bestY + (2 * random() - 1) * reach), lastY);
        offer(x, y, qx, qy);
      }
      cost[i] = best;
      mx[i] = bestX;
      my[i] = bestY;
    }
  }
}

/** The picture that the matches make: every pixel the mean of what the patches over it say. */
function layOut(match: TextureMatch, source: Picture): Picture {
  const { width, height, x: mx, y: my } = match;
  const out = newPicture(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      let r = 0;
      let g = 0;
      let b = 0;
      let n = 0;
      for (let dy = -half; dy <= half; dy++) {
        const py = y + dy;
        if (py < 0 || py >= height) continue;
        for (let dx = -half; dx <= half; dx++) {
          const px = x + dx;
          if (px < 0 || px >= width) continue;
          const at = py * width + px;
          const q = ((my[at] as number) - dy) * source.width + (mx[at] as number) - dx;
          r += source.r[q] as number;
          g += source.g[q] as number;
          b += source.b[q] as number;
          n++;
        }
      }
      out.r[i] = r / n;
      out.g[i] = g / n;
      out.b[i] = b / n;
    }
  }
  return out;
}
