import { type BrushLevel, placeSize } from './brushwork.ts';

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

export type Quilt = { readonly detail: Float32Array; readonly filled: Uint8Array };

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

function apart(one: Float32Array, i: number, two: Float32Array, k: number): number {
  const dr = (one[i] as number) - (two[k] as number);
  const dg = (one[i + 1] as number) - (two[k + 1] as number);
  const db = (one[i + 2] as number) - (two[k + 2] as number);
  return dr * dr + dg * dg + db * db;
}

/** Sews a block on: on each side on which something lies already, a seam of least difference is cut. */
function sew(
  quilt: Quilt,
  { width, height }: PatchTarget,
  patch: Float32Array,
  x: number,
  y: number,
  { block, step }: BrushLevel,
): void {
  const strip = Math.max(3, block - step);
  const errors = new Float32Array(block * block);
  let touches = false;
  for (let row = 0; row < block; row++)
    if (compareRow(quilt, { width, height }, patch, { x, y: y + row, row, block }, errors)) touches = true;
  const cut = [
    new Int16Array(block),
    new Int16Array(block),
    new Int16Array(block),
    new Int16Array(block),
  ] as const;
  if (touches) {
    seam(errors, { start: 0, along: block, depth: 1 }, block, strip, cut[0]);
    seam(errors, { start: block - 1, along: block, depth: -1 }, block, strip, cut[1]);
    seam(errors, { start: 0, along: 1, depth: block }, block, strip, cut[2]);
    seam(errors, { start: (block - 1) * block, along: 1, depth: -block }, block, strip, cut[3]);
  }
  for (let row = 0, k = 0; row < block; row++)
    for (let column = 0; column < block; column++, k++) {
      const [px, py] = [x + column, y + row];
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const i = py * width + px;
      let share = 1;
      if (quilt.filled[i] === 1) {
        const inside = Math.min(
          column - (cut[0][row] as number),
          block - 1 - column - (cut[1][row] as number),
          row - (cut[2][column] as number),
          block - 1 - row - (cut[3][column] as number),
        );
        share = inside < 0 ? 0 : inside >= 1 ? 1 : 0.5;
      }
      if (share === 0) continue;
      for (let c = 0; c < 3; c++) {
        const old = quilt.detail[i * 3 + c] as number;
        quilt.detail[i * 3 + c] = old + share * ((patch[k * 3 + c] as number) - old);
      }
      quilt.filled[i] = 1;
    }
}

/** How far a row of a patch is from what lies under it; says whether something lies there. */
function compareRow(
  quilt: Quilt,
  { width, height }: { readonly width: number; readonly height: number },
  patch: Float32Array,
  {
    x,
    y,
    row,
    block,
  }: { readonly x: number; readonly y: number; readonly row: number; readonly block: number },
  errors: Float32Array,
): boolean {
  if (y < 0 || y >= height) return false;
  let touches = false;
  for (let column = Math.max(0, -x); column < block && x + column < width; column++) {
    const i = y * width + x + column;
    if (quilt.filled[i] === 0) continue;
    const k = row * block + column;
    errors[k] = apart(quilt.detail, i * 3, patch, k * 3) + 1e-6;
    touches = true;
  }
  return touches;
}

/** How a strip lies in a block: where it begins, and the steps along and into it. */
type Strip = { readonly start: number; readonly along: number; readonly depth: number };

/** The cheapest way along a strip, as a depth for each place along it. Nothing lying there costs nothing. */
function seam(errors: Float32Array, at: Strip, length: number, strip: number, out: Int16Array): void {
  const cost = new Float32Array(length * strip);
  for (let along = 0; along < length; along++)
    for (let depth = 0; depth < strip; depth++) {
      let before = along === 0 ? 0 : (cost[(along - 1) * strip + depth] as number);
      if (along > 0 && depth > 0) before = Math.min(before, cost[(along - 1) * strip + depth - 1] as number);
      if (along > 0 && depth < strip - 1)
        before = Math.min(before, cost[(along - 1) * strip + depth + 1] as number);
      const error = errors[at.start + along * at.along + depth * at.depth] as number;
      // A seam at the very rim shows the block's square shape.
      cost[along * strip + depth] = before + error + (depth < 2 ? 0.002 : 0);
    }
  let depth = 0;
  for (let k = 1; k < strip; k++)
    if ((cost[(length - 1) * strip + k] as number) < (cost[(length - 1) * strip + depth] as number))
      depth = k;
  for (let along = length - 1; along >= 0; along--) {
    out[along] = depth;
    if (along === 0) break;
    const row = (along - 1) * strip;
    let next = depth;
    if (depth > 0 && (cost[row + depth - 1] as number) < (cost[row + next] as number)) next = depth - 1;
    if (depth < strip - 1 && (cost[row + depth + 1] as number) < (cost[row + next] as number))
      next = depth + 1;
    depth = next;
  }
}
