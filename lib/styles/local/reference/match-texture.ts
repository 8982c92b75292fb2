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
/** Longest sides, coarse to fine, and how often the match is made and laid out anew at each. */
const levels = [
  { longest: 72, rounds: 3 },
  { longest: 144, rounds: 2 },
  { longest: 272, rounds: 1 },
] as const;

/**
 * Finds for every place of the photo a patch of the reference (Barnes' PatchMatch inside the rounds of Kwatra's
 * texture optimisation). `content` (0 to 1, at the photo's size) says how much a place must stay what it is.
 */
export function matchTexture(photo: Picture, reference: Picture, content: Plane): TextureMatch {
  const random = seededRandom(29);
  let match: TextureMatch | null = null;
  let laid: Picture | null = null;
  for (const { longest, rounds } of levels) {
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
      improve(next, goal, patches, source.width, random);
      if (round + 1 < rounds || longest !== 272) laid = layOut(next, source);
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

/** Three numbers a pixel, with `pad` pixels of border repeated around. Green weighs most, as in the eye. */
function interleaved(picture: Picture, pad: number): Float32Array {
  const { width, height, r, g, b } = picture;
  const stride = width + 2 * pad;
  const out = new Float32Array(stride * (height + 2 * pad) * 3);
  for (let y = -pad, at = 0; y < height + pad; y++) {
    const row = Math.min(height - 1, Math.max(0, y)) * width;
    for (let x = -pad; x < width + pad; x++, at += 3) {
      const i = row + Math.min(width - 1, Math.max(0, x));
      out[at] = 0.8 * (r[i] as number);
      out[at + 1] = 1.2 * (g[i] as number);
      out[at + 2] = 0.7 * (b[i] as number);
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
      const [px, py] = [(x + 0.5) * sx, (y + 0.5) * sy];
      const [ix, iy] = [Math.min(match.width - 1, px | 0), Math.min(match.height - 1, py | 0)];
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
  goal: Float32Array,
  patches: Float32Array,
  sourceWidth: number,
  random: () => number,
): void {
  const { width, height, x: mx, y: my, from } = match;
  const stride = (width + 2 * half) * 3;
  const sourceStride = sourceWidth * 3;
  const cost = new Float32Array(width * height);
  const distance = (px: number, py: number, qx: number, qy: number, limit: number): number => {
    let sum = 0;
    for (let row = 0; row < side; row++) {
      let a = (py + row) * stride + px * 3;
      let b = (qy - half + row) * sourceStride + (qx - half) * 3;
      for (let k = 0; k < side * 3; k++, a++, b++) {
        const d = (goal[a] as number) - (patches[b] as number);
        sum += d * d;
      }
      if (sum >= limit) return sum;
    }
    return sum;
  };
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) cost[i] = distance(x, y, mx[i] as number, my[i] as number, 1e9);
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
  const widest = Math.max(from.width, from.height);
  for (const step of [1, -1]) {
    for (let n = 0; n < width * height; n++) {
      const i = step > 0 ? n : width * height - 1 - n;
      const x = i % width;
      const y = (i / width) | 0;
      best = cost[i] as number;
      bestX = mx[i] as number;
      bestY = my[i] as number;
      if (x - step >= 0 && x - step < width) {
        offer(x, y, inside((mx[i - step] as number) + step, from.width), my[i - step] as number);
      }
      if (y - step >= 0 && y - step < height) {
        const above = i - step * width;
        offer(x, y, mx[above] as number, inside((my[above] as number) + step, from.height));
      }
      for (let reach = widest; reach >= 1; reach *= 0.3) {
        const qx = inside(Math.round(bestX + (2 * random() - 1) * reach), from.width);
        const qy = inside(Math.round(bestY + (2 * random() - 1) * reach), from.height);
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
      let [r, g, b, n] = [0, 0, 0, 0];
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

/** How far a match speaks beyond its own cell, in cells: enough that no border between two is seen as one. */
const reach = 1.25;

/**
 * The reference's own pixels in the order of the match, at any size: neighbouring matches are blended, so that
 * texture runs on where they agree and fades over where they do not.
 */
export function weaveTexture(
  match: TextureMatch,
  reference: Picture,
  width: number,
  height: number,
): Picture {
  const out = newPicture(width, height);
  const [sx, sy] = [match.width / width, match.height / height];
  const [tx, ty] = [reference.width / match.from.width, reference.height / match.from.height];
  const [lastX, lastY] = [reference.width - 1, reference.height - 1];
  const places = (length: number, scale: number) => {
    const first = new Int32Array(length);
    const weight = new Float32Array(length * 3);
    for (let k = 0; k < length; k++) {
      const at = (k + 0.5) * scale - 0.5;
      const middle = Math.round(at);
      first[k] = middle - 1;
      for (let n = 0; n < 3; n++) weight[k * 3 + n] = Math.max(0, 1 - Math.abs(middle - 1 + n - at) / reach);
    }
    return { first, weight };
  };
  const columns = places(width, sx);
  const rows = places(height, sy);
  for (let y = 0, i = 0; y < height; y++) {
    const py = (y + 0.5) * sy;
    for (let x = 0; x < width; x++, i++) {
      const px = (x + 0.5) * sx;
      let r = 0;
      let g = 0;
      let b = 0;
      let total = 0;
      for (let n = 0; n < 3; n++) {
        const cy = (rows.first[y] as number) + n;
        if (cy < 0 || cy >= match.height) continue;
        for (let m = 0; m < 3; m++) {
          const cx = (columns.first[x] as number) + m;
          if (cx < 0 || cx >= match.width) continue;
          const weight = (rows.weight[y * 3 + n] as number) * (columns.weight[x * 3 + m] as number);
          if (weight < 0.01) continue;
          const at = cy * match.width + cx;
          const qx = ((match.x[at] as number) + px - cx) * tx;
          const qy = ((match.y[at] as number) + py - cy) * ty;
          const jx = qx < 0 ? 0 : qx > lastX ? lastX : qx | 0;
          const jy = qy < 0 ? 0 : qy > lastY ? lastY : qy | 0;
          const q = jy * reference.width + jx;
          r += weight * (reference.r[q] as number);
          g += weight * (reference.g[q] as number);
          b += weight * (reference.b[q] as number);
          total += weight;
        }
      }
      out.r[i] = r / total;
      out.g[i] = g / total;
      out.b[i] = b / total;
    }
  }
  return out;
}
