import { type Random, seededRandom } from '../kernels/random.ts';
import { clamp01, type Picture } from '../raster.ts';
import { type Lab, labAt, toLab, toRgb } from './oklab.ts';

/** Colours drawn from a picture, three numbers (OKLab) each. */
export type Palette = Float32Array;

/** Where each colour goes: what to add to red, green and blue at the nodes of a lattice over the sRGB cube. */
export type ColourMove = Float32Array;

const samples = 6000;
const turns = 24;
const nodes = 17;
/** Lightness differs more than hue before an eye objects: distances are measured in these units. */
const scale: Lab = [0.8, 1.5, 1.5];

/** Colours of a picture in the shares in which they are there; `weigh` may leave pixels out by answering 0. */
export function paletteOf(picture: Picture, seed: number, weigh: (index: number) => number): Palette {
  const random = seededRandom(seed);
  const count = picture.width * picture.height;
  const palette = new Float32Array(samples * 3);
  for (let k = 0; k < samples; k++) {
    let index = Math.floor(random() * count);
    for (let again = 0; again < 8 && random() > weigh(index); again++) index = Math.floor(random() * count);
    palette.set(labAt(picture, index), k * 3);
  }
  return palette;
}

/**
 * How the colours of one palette must move to become the other: optimal transport along random lines, one
 * after the other (sliced: Pitié, Kokaram, Dahyot: Automated Colour Grading Using Colour Distribution Transfer, CVIU 2007;
 * Rabin et al.: Wasserstein Barycenter and its Application to Texture Mixing, SSVM 2011), then smoothed over the whole space of colours, so that
 * neighbouring colours stay neighbours and nothing bands.
 */
export function moveColours(from: Palette, to: Palette, strength: number): ColourMove {
  const moved = transport(from, to);
  const groups = groupMoves(from, moved);
  const move = new Float32Array(nodes ** 3 * 3);
  for (let node = 0; node < nodes ** 3; node++) {
    const r = (node % nodes) / (nodes - 1);
    const g = (Math.floor(node / nodes) % nodes) / (nodes - 1);
    const b = Math.floor(node / nodes ** 2) / (nodes - 1);
    const lab = toLab(r, g, b);
    const step = stepAt(groups, lab);
    const next = toRgb([
      Math.min(0.995, Math.max(0.02, lab[0] + strength * step[0])),
      lab[1] + strength * step[1],
      lab[2] + strength * step[2],
    ]);
    move[node * 3] = next[0] - r;
    move[node * 3 + 1] = next[1] - g;
    move[node * 3 + 2] = next[2] - b;
  }
  return move;
}

/** Moves the colours of a picture, in place. */
export function applyMove(picture: Picture, move: ColourMove): void {
  const { r, g, b } = picture;
  const last = nodes - 1;
  const stepG = nodes * 3;
  const stepB = nodes * nodes * 3;
  for (let i = 0; i < r.length; i++) {
    const pr = r[i] as number;
    const pg = g[i] as number;
    const pb = b[i] as number;
    const x = clamp01(pr) * last;
    const y = clamp01(pg) * last;
    const z = clamp01(pb) * last;
    const ix = x < last ? x | 0 : last - 1;
    const iy = y < last ? y | 0 : last - 1;
    const iz = z < last ? z | 0 : last - 1;
    const fx = x - ix;
    const fy = y - iy;
    const fz = z - iz;
    // The eight nodes around the colour, by the corners of their cube: each with its share.
    const o = ix * 3 + iy * stepG + iz * stepB;
    const u = o + stepG;
    const v = o + stepB;
    const w = v + stepG;
    const gz = 1 - fz;
    const near = (1 - fy) * gz;
    const far = fy * gz;
    const above = (1 - fy) * fz;
    const beyond = fy * fz;
    r[i] = clamp01(pr + blend(move, o, u, v, w, fx, near, far, above, beyond));
    g[i] = clamp01(pg + blend(move, o + 1, u + 1, v + 1, w + 1, fx, near, far, above, beyond));
    b[i] = clamp01(pb + blend(move, o + 2, u + 2, v + 2, w + 2, fx, near, far, above, beyond));
  }
}

/** The mean of four neighbouring pairs of nodes; every pair is `share` on its way to its second node. */
function blend(
  move: ColourMove,
  o: number,
  u: number,
  v: number,
  w: number,
  share: number,
  near: number,
  far: number,
  above: number,
  beyond: number,
): number {
  const rest = 1 - share;
  return (
    near * (rest * (move[o] as number) + share * (move[o + 3] as number)) +
    far * (rest * (move[u] as number) + share * (move[u + 3] as number)) +
    above * (rest * (move[v] as number) + share * (move[v + 3] as number)) +
    beyond * (rest * (move[w] as number) + share * (move[w + 3] as number))
  );
}

/** The palette after its journey, colour by colour. */
function transport(from: Palette, to: Palette): Palette {
  const random = seededRandom(71);
  const moved = from.slice();
  const count = from.length / 3;
  const here = new Float64Array(count);
  const there = new Float64Array(count);
  const order = new Float64Array(count);
  for (let turn = 0; turn < turns; turn++) {
    const [x, y, z] = direction(random);
    for (let k = 0; k < count; k++) {
      const place = along(moved, k, x, y, z);
      here[k] = place;
      there[k] = along(to, k, x, y, z);
      // A number that carries whose it is sorts without asking back: ten times as quick.
      order[k] = Math.round((place + 4) * 1e9) * count + k;
    }
    order.sort();
    there.sort();
    // Later lines correct what earlier ones left: none goes all the way.
    const share = 0.9;
    for (let rank = 0; rank < count; rank++) {
      const k = (order[rank] as number) % count;
      const step = ((there[rank] as number) - (here[k] as number)) * share;
      moved[k * 3] = (moved[k * 3] as number) + step * x;
      moved[k * 3 + 1] = (moved[k * 3 + 1] as number) + step * y;
      moved[k * 3 + 2] = (moved[k * 3 + 2] as number) + step * z;
    }
  }
  return moved;
}

function along(palette: Palette, k: number, x: number, y: number, z: number): number {
  return (
    (palette[k * 3] as number) * x + (palette[k * 3 + 1] as number) * y + (palette[k * 3 + 2] as number) * z
  );
}

/** A direction, all of them alike. */
function direction(random: Random): Lab {
  const z = 2 * random() - 1;
  const angle = 2 * Math.PI * random();
  const side = Math.sqrt(1 - z * z);
  return [side * Math.cos(angle), side * Math.sin(angle), z];
}

type Group = { readonly at: Lab; readonly step: Lab; readonly weight: number };

/** Colours that lie together move together. */
function groupMoves(from: Palette, moved: Palette): Group[] {
  const sums = new Map<number, Float64Array>();
  for (let k = 0; k < from.length; k += 3) {
    const cell =
      Math.floor((from[k] as number) / 0.045) * 10_000 +
      Math.floor(((from[k + 1] as number) + 0.5) / 0.03) * 100 +
      Math.floor(((from[k + 2] as number) + 0.5) / 0.03);
    let sum = sums.get(cell);
    if (!sum) {
      sum = new Float64Array(7);
      sums.set(cell, sum);
    }
    for (let c = 0; c < 3; c++) {
      sum[c] = (sum[c] as number) + (from[k + c] as number);
      sum[c + 3] = (sum[c + 3] as number) + (moved[k + c] as number) - (from[k + c] as number);
    }
    sum[6] = (sum[6] as number) + 1;
  }
  return [...sums.values()].map((sum) => {
    const [l = 0, a = 0, b = 0, dl = 0, da = 0, db = 0, n = 1] = sum;
    return { at: [l / n, a / n, b / n], step: [dl / n, da / n, db / n], weight: Math.sqrt(n) };
  });
}

/** How a colour moves: as the groups around it do, near ones most; far from all, as the nearest. */
function stepAt(groups: readonly Group[], lab: Lab): Lab {
  const step: Lab = [0, 0, 0];
  let total = 0;
  for (const group of groups) {
    const dl = (lab[0] - group.at[0]) * scale[0];
    const da = (lab[1] - group.at[1]) * scale[1];
    const db = (lab[2] - group.at[2]) * scale[2];
    const distance = dl * dl + da * da + db * db;
    // Beyond a fifth of the way the bell is less than the tail that serves colours far from all groups.
    const bell = distance < 0.12 ? Math.exp(-distance / 0.0072) : 0;
    const weight = group.weight * (bell + 1e-9 / (distance * distance + 1e-6));
    total += weight;
    for (let c = 0; c < 3; c++) step[c] = (step[c] as number) + weight * (group.step[c] as number);
  }
  return [step[0] / total, step[1] / total, step[2] / total];
}
