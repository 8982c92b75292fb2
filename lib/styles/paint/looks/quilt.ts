import { type BrushLevel, placeSize } from './brushwork.ts';
import { apart, type Quilt, sew } from './seam.ts';

/** What a place of the photo asks for, at the quilt's size. */
export type PatchTarget = {
  readonly width: number;
  readonly height: number;
  readonly L: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** Direction in which strokes are to run, radians. */
  readonly angle: Float32Array;
  /** 0 to 1. */
  readonly skin: Float32Array;
  /** The energy a print wants here; not looked at for paint. */
  readonly energy: Float32Array;
  readonly print: number;
};

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
  const { width, height } = target;
  const used = new Float32Array(places.length / placeSize);
  const patch = new Float32Array(block * block * 3);
  const best = new Int32Array(shortlist);
  const costs = new Float32Array(shortlist);
  for (let cy = step / 2; cy < height + step / 2; cy += step) {
    for (let cx = step / 2; cx < width + step / 2; cx += step) {
      const mx = Math.min(width - 1, Math.floor(cx));
      const my = Math.min(height - 1, Math.floor(cy));
      if (!isWanted(mx, my)) continue;
      const i = my * width + mx;
      findPlaces(places, used, target, i, best, costs);
      const [x, y] = [Math.round(cx - block / 2), Math.round(cy - block / 2)];
      let winner = 0;
      let least = Infinity;
      for (let k = 0; k < shortlist; k++) {
        // What it joins can only make it dearer.
        if ((costs[k] as number) >= least) continue;
        const turned = turnOf(level, best[k] as number, target.angle[i] as number);
        const cost = (costs[k] as number) + 8 * overlapError(quilt, target, turned, x, y);
        if (cost < least) [least, winner] = [cost, k];
      }
      const chosen = best[winner] as number;
      noteUse(places, used, chosen);
      cutTurned(turnOf(level, chosen, target.angle[i] as number), patch);
      sew(quilt, target, patch, x, y, level);
    }
  }
}

/** The places that suit a pixel best, cheapest first in no order; a fixed number of them. */
function findPlaces(
  places: Float32Array,
  used: Float32Array,
  target: PatchTarget,
  i: number,
  best: Int32Array,
  costs: Float32Array,
): void {
  const [L, a, b, skin] = [
    target.L[i] as number,
    target.a[i] as number,
    target.b[i] as number,
    target.skin[i] as number,
  ];
  const colour = 1 - 0.6 * skin;
  const calm = 0.1 * (1 - target.print);
  const wanted = target.energy[i] as number;
  const alike = 0.12 * target.print;
  costs.fill(Infinity);
  let worst = 0;
  for (let k = 0, at = 0; k < used.length; k++, at += placeSize) {
    const dl = (places[at + 2] as number) - L;
    const da = (places[at + 3] as number) - a;
    const db = (places[at + 4] as number) - b;
    const own = places[at + 7] as number;
    const near = colour * (dl * dl + 1.2 * (da * da + db * db)) + own;
    // All else can only make it dearer.
    if (near >= (costs[worst] as number)) continue;
    const e = places[at + 6] as number;
    const low = e < 1 ? 1 - e : 0;
    const cost =
      near +
      skin * ((places[at + 8] as number) - own) +
      calm * low * low +
      alike * (e - wanted) * (e - wanted) +
      0.01 * (used[k] as number);
    if (cost >= (costs[worst] as number)) continue;
    costs[worst] = cost;
    best[worst] = k;
    for (let j = 0; j < shortlist; j++) if ((costs[j] as number) > (costs[worst] as number)) worst = j;
  }
}

/** A place that was taken is less welcome again, and so is what lies around it. */
function noteUse(places: Float32Array, used: Float32Array, chosen: number): void {
  const [x, y] = [places[chosen * placeSize] as number, places[chosen * placeSize + 1] as number];
  for (let k = 0, at = 0; k < used.length; k++, at += placeSize) {
    const d = Math.max(Math.abs((places[at] as number) - x), Math.abs((places[at + 1] as number) - y));
    if (d <= usageReach) used[k] = (used[k] as number) + 1 - d / (usageReach + 1);
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

/** How far what lies already is from a turned block, of every ninth pixel: the block itself is cut only when it was chosen. */
function overlapError(
  quilt: Quilt,
  { width, height }: PatchTarget,
  turned: Turned,
  x: number,
  y: number,
): number {
  const { detail, block } = turned.level;
  const middle = (block - 1) / 2;
  let [sum, n] = [0, 0];
  for (let row = 0; row < block; row += 3) {
    const py = y + row;
    if (py < 0 || py >= height) continue;
    for (let column = 0; column < block; column += 3) {
      const px = x + column;
      if (px < 0 || px >= width || quilt.filled[py * width + px] === 0) continue;
      const from = sourceOf(turned, column - middle, row - middle);
      sum += apart(quilt.detail, (py * width + px) * 3, detail, from);
      n += 1;
    }
  }
  return n === 0 ? 0 : sum / n;
}
