import { eachRow } from '../each-row.ts';
import type { Flow } from '../kernels/flow.ts';
import { paperAt } from '../kernels/paper.ts';
import { type Random, seededRandom } from '../kernels/random.ts';
import { clamp, type Plane } from '../raster.ts';

/** A dry point on paper: pencil, crayon or pen. Lengths in pixels of the sheet. */
export type Point = {
  readonly halfWidth: number;
  readonly length: number;
  /** The direction of plain shading, in radians. */
  readonly angle: number;
  /** How much strokes turn into the flow where it is clear: 0 never, 1 fully. */
  readonly follow: number;
  /** How much strokes differ in direction, in radians. */
  readonly sway: number;
  /** How dark one stroke may be. */
  readonly pressure: number;
  /** How strongly the paper's tooth breaks the stroke: 0 like a pen, 1 like soft graphite. */
  readonly tooth: number;
  /** How many strokes are tried over each point. */
  readonly coats: number;
  /** A stroke is drawn where this much darkness or more is still missing. */
  readonly need: number;
  readonly seed: number;
};

/**
 * Adds strokes to the sheet wherever it is lighter than the tone wanted there, until tone is reached
 * or the tries are used up. Sheet and tone hold darkness: 0 is bare paper. (Salisbury et al.: Interactive Pen-and-Ink
 * Illustration, SIGGRAPH 1994.)
 */
export function hatch(sheet: Plane, tone: Plane, flow: Flow, paper: Plane, point: Point): void {
  const { width, height } = sheet;
  const random = seededRandom(point.seed);
  const tries = Math.round((width * height * point.coats) / (point.length * point.halfWidth * 2));
  const [hatchX, hatchY] = [Math.cos(point.angle), Math.sin(point.angle)];
  eachRow(tries, tryStroke, { sheet, tone, flow, paper, point, random, hatchX, hatchY });
}

type Sheet = {
  readonly sheet: Plane;
  readonly tone: Plane;
  readonly flow: Flow;
  readonly paper: Plane;
  readonly point: Point;
  readonly random: Random;
  /** The direction of plain shading. */
  readonly hatchX: number;
  readonly hatchY: number;
};

/** A stroke somewhere, if one is needed there. */
function tryStroke({ sheet, tone, flow, paper, point, random, hatchX, hatchY }: Sheet): void {
  const { width, height } = sheet;
  const x = random() * width;
  const y = random() * height;
  const size = 0.6 + 0.8 * random();
  const tilt = (random() - 0.5) * point.sway;
  const here = (y | 0) * width + (x | 0);
  const missing = (tone.data[here] as number) - (sheet.data[here] as number);
  if (missing < point.need) return;
  const at = (((y * flow.height) / height) | 0) * flow.width + (((x * flow.width) / width) | 0);
  const turn = point.follow * clamp((flow.certainty[at] as number) * 1.6 - 0.35, 0, 1);
  const fx = flow.x[at] as number;
  const fy = flow.y[at] as number;
  const same = fx * hatchX + fy * hatchY < 0 ? -1 : 1;
  let dx = hatchX * (1 - turn) + fx * same * turn;
  let dy = hatchY * (1 - turn) + fy * same * turn;
  const norm = 1 / Math.max(1e-3, Math.hypot(dx, dy));
  dx = (dx - dy * tilt) * norm;
  dy = (dy + dx * tilt) * norm;
  const half = point.length * 0.5 * size;
  const ahead = room(sheet, tone, x, y, dx, dy, half, point.need * 0.5);
  const behind = room(sheet, tone, x, y, -dx, -dy, half, point.need * 0.5);
  if (ahead + behind < point.halfWidth * 4) return;
  const middleX = x + dx * (ahead - behind) * 0.5;
  const middleY = y + dy * (ahead - behind) * 0.5;
  const pressure = Math.min(point.pressure, missing * 1.1);
  line(sheet, paper, middleX, middleY, dx, dy, (ahead + behind) * 0.5, pressure, point);
}

/** How far a stroke can run before it would darken what is dark enough. */
function room(
  sheet: Plane,
  tone: Plane,
  x: number,
  y: number,
  dx: number,
  dy: number,
  longest: number,
  need: number,
): number {
  const { width, height } = sheet;
  const step = Math.max(1.5, longest / 6);
  const least = (tone.data[(y | 0) * width + (x | 0)] as number) * 0.6;
  for (let gone = step; gone <= longest; gone += step) {
    const px = (x + dx * gone) | 0;
    const py = (y + dy * gone) | 0;
    if (px < 0 || py < 0 || px >= width || py >= height) return gone;
    const i = py * width + px;
    const wanted = tone.data[i] as number;
    if (wanted < least || wanted - (sheet.data[i] as number) * 0.8 < need) return gone - step;
  }
  return longest;
}

function line(
  sheet: Plane,
  paper: Plane,
  x: number,
  y: number,
  dx: number,
  dy: number,
  half: number,
  pressure: number,
  point: Point,
): void {
  const { width, height, data } = sheet;
  const wide = point.halfWidth + 0.5;
  const reachY = Math.abs(dy) * half + Math.abs(dx) * wide;
  const top = Math.max(0, Math.floor(y - reachY));
  const bottom = Math.min(height - 1, Math.ceil(y + reachY));
  const slope = Math.abs(dy) > 0.05 ? dx / dy : 0;
  const side = Math.abs(dy) > 0.05 ? wide / Math.abs(dy) : 0;
  for (let py = top; py <= bottom; py++) {
    const ry = py - y;
    const centre = x + ry * slope;
    const spread = side > 0 ? Math.min(side, half + wide) : half + wide;
    const from = Math.max(0, Math.floor(centre - spread), Math.floor(x - half - wide));
    const to = Math.min(width - 1, Math.ceil(centre + spread), Math.ceil(x + half + wide));
    for (let px = from; px <= to; px++) {
      const rx = px - x;
      const along = Math.abs(rx * dx + ry * dy);
      const across = Math.abs(ry * dx - rx * dy);
      if (along > half || across > wide) continue;
      // Lines taper to both ends, as a hand lifts.
      const out = (along * along) / (half * half);
      const taper = 1 - out * out;
      let ink = pressure * taper * Math.min(1, wide - across);
      if (point.tooth > 0) {
        const grip = clamp(0.35 + 1.1 * pressure + (paperAt(paper, px, py) - 0.5) * 1.7, 0, 1.25);
        ink *= 1 - point.tooth + point.tooth * grip;
      }
      const i = py * width + px;
      const old = data[i] as number;
      data[i] = old + (1 - old) * ink;
    }
  }
}
