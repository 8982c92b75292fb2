import type { Flow } from '../kernels/flow.ts';
import { type Picture, type Plane, smoothstep } from '../raster.ts';
import { labAt } from '../reference/oklab.ts';
import { type BrushLevel, placeSize } from './brushwork.ts';
import { apart, type Quilt, sew } from './seam.ts';

/** What the photo asks for, at the quilt's size. */
export type PatchTarget = {
  /** Its colours, without what is finer than a form. */
  readonly broad: Picture;
  /** The directions in which strokes are to run. */
  readonly flow: Flow;
  /** 0 to 1 each. */
  readonly skin: Plane;
  readonly face: Plane;
  /** How much light differs around a place. */
  readonly edges: Plane;
  readonly print: number;
};

/** The same of one place. */
type Wanted = {
  readonly L: number;
  readonly a: number;
  readonly b: number;
  /** Radians. */
  readonly angle: number;
  readonly skin: number;
  /** The energy a print wants here; not looked at for paint. */
  readonly energy: number;
};

function wantedAt({ broad, flow, skin, face, edges }: PatchTarget, i: number): Wanted {
  const [L, a, b] = labAt(broad, i);
  const onFace = face.data[i] as number;
  return {
    L,
    a,
    b,
    angle: Math.atan2(flow.y[i] as number, flow.x[i] as number),
    skin: Math.max(skin.data[i] as number, onFace),
    energy: 0.3 + 2 * smoothstep(0.005, 0.06, edges.data[i] as number) * (1 - 0.6 * onFace),
  };
}

const shortlist = 12;
const usageReach = 18;

/** An empty quilt. */
export function newQuilt(width: number, height: number): Quilt {
  return { detail: new Float32Array(width * height * 3), filled: new Uint8Array(width * height) };
}

/**
 * Lays blocks of a painting's detail over the quilt, where `isWanted` says so: for each the place that suits best and
 * joins its neighbours best, turned so that its strokes run as they should, cut along the least visible seam.
 */
export function layBlocks(
  quilt: Quilt,
  level: BrushLevel,
  target: PatchTarget,
  isWanted: (x: number, y: number) => boolean,
): void {
  const { block, step, places } = level;
  const { width, height } = target.broad;
  const used = new Float32Array(places.length / placeSize);
  const patch = new Float32Array(block * block * 3);
  const best = new Int32Array(shortlist);
  const costs = new Float32Array(shortlist);
  const known = new Int32Array(Math.ceil(block / 3) ** 2);
  const neighbours = neighboursIn(level);
  for (let cy = step / 2; cy < height + step / 2; cy += step) {
    for (let cx = step / 2; cx < width + step / 2; cx += step) {
      const mx = Math.min(width - 1, Math.floor(cx));
      const my = Math.min(height - 1, Math.floor(cy));
      if (!isWanted(mx, my)) continue;
      const wanted = wantedAt(target, my * width + mx);
      findPlaces(places, used, wanted, target.print, best, costs);
      const x = Math.round(cx - block / 2);
      const y = Math.round(cy - block / 2);
      const count = findKnown(quilt, target.broad, block, x, y, known);
      let winner = 0;
      let least = Infinity;
      for (let k = 0; k < shortlist; k++) {
        // What it joins can only make it dearer.
        const room = least - (costs[k] as number);
        if (room <= 0) continue;
        const turned = turnOf(level, best[k] as number, wanted.angle);
        const start = y * width + x;
        const error = overlapError(quilt, known, count, turned, start, width, (room * count) / 8);
        const cost = (costs[k] as number) + (count === 0 ? 0 : (8 * error) / count);
        if (cost < least) [least, winner] = [cost, k];
      }
      const chosen = best[winner] as number;
      noteUse(places, used, neighbours, chosen);
      cutTurned(turnOf(level, chosen, wanted.angle), patch);
      sew(quilt, target.broad, patch, x, y, level);
    }
  }
}

/**
 * The places that suit a pixel best, cheapest first in no order; a fixed number of them. Places come by what it costs to take
 * them at all: they are looked through until that alone is too dear.
 */
function findPlaces(
  places: Float32Array,
  used: Float32Array,
  { L, a, b, skin, energy }: Wanted,
  print: number,
  best: Int32Array,
  costs: Float32Array,
): void {
  const colour = 1 - 0.6 * skin;
  const calm = 0.1 * (1 - print);
  const alike = 0.12 * print;
  costs.fill(Infinity);
  let worst = 0;
  let most = Infinity;
  for (let k = 0, at = 0; k < used.length; k++, at += placeSize) {
    const own = places[at + 7] as number;
    if (own >= most) return;
    const dl = (places[at + 2] as number) - L;
    const da = (places[at + 3] as number) - a;
    const db = (places[at + 4] as number) - b;
    const near = colour * (dl * dl + 1.2 * (da * da + db * db)) + own;
    // All else can only make it dearer.
    if (near >= most) continue;
    const e = places[at + 6] as number;
    const low = e < 1 ? 1 - e : 0;
    const cost =
      near +
      skin * ((places[at + 8] as number) - own) +
      calm * low * low +
      alike * (e - energy) * (e - energy) +
      0.01 * (used[k] as number);
    if (cost >= most) continue;
    costs[worst] = cost;
    best[worst] = k;
    for (let j = 0; j < shortlist; j++) if ((costs[j] as number) > (costs[worst] as number)) worst = j;
    most = costs[worst] as number;
  }
}

/** Which places lie together: by squares as wide as a use is felt. */
type Neighbours = { readonly columns: number; readonly starts: Int32Array; readonly inOrder: Int32Array };

function neighboursIn({ width, height, places }: BrushLevel): Neighbours {
  const columns = Math.ceil(width / usageReach);
  const starts = new Int32Array(columns * Math.ceil(height / usageReach) + 1);
  const squareOf = (at: number) =>
    Math.floor((places[at + 1] as number) / usageReach) * columns +
    Math.floor((places[at] as number) / usageReach);
  for (let at = 0; at < places.length; at += placeSize) {
    const next = squareOf(at) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let k = 1; k < starts.length; k++) starts[k] = (starts[k] as number) + (starts[k - 1] as number);
  const ends = starts.slice();
  const inOrder = new Int32Array(places.length / placeSize);
  for (let k = 0; k < inOrder.length; k++) {
    const square = squareOf(k * placeSize);
    const to = ends[square] as number;
    inOrder[to] = k;
    ends[square] = to + 1;
  }
  return { columns, starts, inOrder };
}

/** A place that was taken is less welcome again, and so is what lies around it. */
function noteUse(
  places: Float32Array,
  used: Float32Array,
  { columns, starts, inOrder }: Neighbours,
  chosen: number,
): void {
  const x = places[chosen * placeSize] as number;
  const y = places[chosen * placeSize + 1] as number;
  const column = Math.floor(x / usageReach);
  const rows = (starts.length - 1) / columns;
  const last = Math.min(rows - 1, Math.floor(y / usageReach) + 1);
  for (let row = Math.max(0, Math.floor(y / usageReach) - 1); row <= last; row++) {
    const from = starts[row * columns + Math.max(0, column - 1)] as number;
    const to = starts[row * columns + Math.min(columns - 1, column + 1) + 1] as number;
    for (let n = from; n < to; n++) {
      const k = inOrder[n] as number;
      const at = k * placeSize;
      const d = Math.max(Math.abs((places[at] as number) - x), Math.abs((places[at + 1] as number) - y));
      if (d <= usageReach) used[k] = (used[k] as number) + 1 - d / (usageReach + 1);
    }
  }
}

/** A block of the painting's detail around a place, turned. */
type Turned = {
  readonly level: BrushLevel;
  readonly x: number;
  readonly y: number;
  readonly cos: number;
  readonly sin: number;
};

function turnOf(level: BrushLevel, place: number, angle: number): Turned {
  const at = place * placeSize;
  const turn = angle - (level.places[at + 5] as number);
  return {
    level,
    x: level.places[at] as number,
    y: level.places[at + 1] as number,
    cos: Math.cos(turn),
    sin: Math.sin(turn),
  };
}

/** Where in the painting's detail a pixel of a turned block comes from; mirrored where it would reach outside. */
function sourceOf({ level, x, y, cos, sin }: Turned, dx: number, dy: number): number {
  const { width, height } = level;
  let px = Math.round(x + dx * cos + dy * sin);
  let py = Math.round(y - dx * sin + dy * cos);
  px = px < 0 ? -px : px >= width ? 2 * width - 2 - px : px;
  py = py < 0 ? -py : py >= height ? 2 * height - 2 - py : py;
  return (py * width + px) * 3;
}

function cutTurned(turned: Turned, out: Float32Array): void {
  const { detail, block } = turned.level;
  const middle = (block - 1) / 2;
  for (let row = 0, at = 0; row < block; row++)
    for (let column = 0; column < block; column++, at += 3) {
      const from = sourceOf(turned, column - middle, row - middle);
      out[at] = detail[from] as number;
      out[at + 1] = detail[from + 1] as number;
      out[at + 2] = detail[from + 2] as number;
    }
}

/** Every ninth pixel of a block under which something lies already, as row and column in one number; says how many. */
function findKnown(
  { filled }: Quilt,
  { width, height }: Picture,
  block: number,
  x: number,
  y: number,
  known: Int32Array,
): number {
  let count = 0;
  for (let row = 0; row < block; row += 3) {
    const py = y + row;
    if (py < 0 || py >= height) continue;
    for (let column = 0; column < block; column += 3) {
      const px = x + column;
      if (px >= 0 && px < width && filled[py * width + px] === 1) known[count++] = (row << 8) | column;
    }
  }
  return count;
}

/**
 * How far what lies already is from a turned block, the sum over the pixels known to lie under it, as far as it is less than
 * `most`: the block itself is cut only when it was chosen.
 */
function overlapError(
  quilt: Quilt,
  known: Int32Array,
  count: number,
  turned: Turned,
  start: number,
  width: number,
  most: number,
): number {
  const { detail, block } = turned.level;
  const middle = (block - 1) / 2;
  let sum = 0;
  for (let k = 0; k < count && sum < most; k++) {
    const row = (known[k] as number) >> 8;
    const column = (known[k] as number) & 255;
    const from = sourceOf(turned, column - middle, row - middle);
    sum += apart(quilt.detail, (start + row * width + column) * 3, detail, from);
  }
  return sum;
}
