import { type Random, seededRandom } from '../kernels/random.ts';
import { clamp01, type Picture } from '../raster.ts';
import { type Lab, labAt, toLab, toRgb } from './oklab.ts';

/** Colours drawn from a picture, three numbers (OKLab) each. */
export type Palette = Float32Array;

/** Where each colour goes: what to add to red, green and blue at the nodes of a lattice over the sRGB cube. */
export type ColourMove = Float32Array;

const samples = 6000;
const turns = 24;
const nodes = 21;
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
 * after the other (Pitié's and Rabin's sliced transport), then smoothed over the whole space of colours, so that
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
  const [stepG, stepB] = [nodes * 3, nodes * nodes * 3];
  for (let i = 0; i < r.length; i++) {
    const [x, y, z] = [
      clamp01(r[i] as number) * last,
      clamp01(g[i] as number) * last,
      clamp01(b[i] as number) * last,
    ];
    const [ix, iy, iz] = [Math.min(last - 1, x | 0), Math.min(last - 1, y | 0), Math.min(last - 1, z | 0)];
    const [fx, fy, fz] = [x - ix, y - iy, z - iz];
    const at = (iz * nodes * nodes + iy * nodes + ix) * 3;
    for (let k = 0; k < 3; k++) {
      const o = at + k;
      const near =
        ((move[o] as number) * (1 - fx) + (move[o + 3] as number) * fx) * (1 - fy) +
        ((move[o + stepG] as number) * (1 - fx) + (move[o + stepG + 3] as number) * fx) * fy;
      const far =
        ((move[o + stepB] as number) * (1 - fx) + (move[o + stepB + 3] as number) * fx) * (1 - fy) +
        ((move[o + stepB + stepG] as number) * (1 - fx) + (move[o + stepB + stepG + 3] as number) * fx) * fy;
      const channel = k === 0 ? r : k === 1 ? g : b;
      channel[i] = clamp01((channel[i] as number) + near * (1 - fz) + far * fz);
    }
  }
}

/** The palette after its journey, colour by colour. */
function transport(from: Palette, to: Palette): Palette {
  const random = seededRandom(71);
  const moved = from.slice();
  const count = from.length / 3;
  const here = new Float64Array(count);
  const there = new Float64Array(count);
  const order = new Uint32Array(count);
  for (let turn = 0; turn < turns; turn++) {
    const [x, y, z] = direction(random);
    for (let k = 0; k < count; k++) {
      here[k] = along(moved, k, x, y, z);
      there[k] = along(to, k, x, y, z);
      order[k] = k;
    }
    order.sort((one, two) => (here[one] as number) - (here[two] as number));
    there.sort();
    // Later lines correct what earlier ones left: none goes all the way.
    const share = 0.9;
    for (let rank = 0; rank < count; rank++) {
      const k = order[rank] as number;
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
    const weight = group.weight * (Math.exp(-distance / 0.0072) + 1e-9 / (distance * distance + 1e-6));
    total += weight;
    for (let c = 0; c < 3; c++) step[c] = (step[c] as number) + weight * (group.step[c] as number);
  }
  return [step[0] / total, step[1] / total, step[2] / total];
}
