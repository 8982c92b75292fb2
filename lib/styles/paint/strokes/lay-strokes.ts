import type { Flow } from '../kernels/flow.ts';
import { type Random, seededRandom } from '../kernels/random.ts';
import { clamp, type Picture, type Plane, smoothstep } from '../raster.ts';
import { type Canvas, paintStroke } from './paint-stroke.ts';

/** What the strokes are to show: colours and their direction, at one small size. */
export type Motif = { readonly target: Picture; readonly flow: Flow };

/** One going-over with one brush. Lengths are pixels of the canvas. */
export type Layer = {
  readonly width: number;
  readonly length: number;
  /** Where to paint, 0 to 1, at the motif's size; everywhere when left out. */
  readonly where?: Plane;
  /** How many strokes lie over each point, on average, if none is cut short. */
  readonly coats: number;
  /** How far the colour may change along a stroke before the brush is lifted. */
  readonly edge: number;
  readonly cover: number;
  readonly load: number;
  /** How much colours wander from stroke to stroke. */
  readonly wander: number;
  /** The distance between bristles. */
  readonly bristle: number;
  readonly seed: number;
};

/**
 * Goes over the canvas once with one brush; large brushes first, small ones where they differ. (Hertzmann: Painterly
 * Rendering with Curved Brush Strokes of Multiple Sizes, SIGGRAPH 1998; strokes that end at edges: Litwinowicz: Processing
 * Images and Video for an Impressionist Effect, SIGGRAPH 1997.)
 */
export function layStrokes(canvas: Canvas, motif: Motif, layer: Layer): void {
  const { width, height } = canvas.colour;
  const { target, flow } = motif;
  const scale = target.width / width;
  const random = seededRandom(layer.seed);
  const warmth = isGrey(target) ? 0 : 1;
  const gap = Math.max(1, Math.sqrt((layer.width * layer.length) / layer.coats));
  const columns = Math.ceil(width / gap) + 1;
  for (const place of shuffled(columns * (Math.ceil(height / gap) + 1), random)) {
    const x = clamp(((place % columns) + random() - 0.5) * gap, 0, width - 1);
    const y = clamp((Math.floor(place / columns) + random() - 0.5) * gap, 0, height - 1);
    const turn = random();
    const chance = random();
    const da = random() - 0.5;
    const db = random() - 0.5;
    const dc = random() - 0.5;
    const at = nearest(target, x * scale, y * scale);
    if (layer.where && (layer.where.data[at] as number) <= chance) continue;
    const dirX = flow.x[at] as number;
    const dirY = flow.y[at] as number;
    const size = 0.75 + 0.5 * turn;
    const half =
      roomAcross(motif, x * scale, y * scale, dirX, dirY, layer.width * 0.5 * size * scale, layer.edge) /
      scale;
    const longest = Math.max(0, layer.length * size * 0.5 - half * 0.7);
    const ahead = reach(motif, x * scale, y * scale, dirX, dirY, longest * scale, layer.edge) / scale;
    const behind = reach(motif, x * scale, y * scale, -dirX, -dirY, longest * scale, layer.edge) / scale;
    const pr = target.r[at] as number;
    const pg = target.g[at] as number;
    const pb = target.b[at] as number;
    // A pale wall shows every stroke that differs from it.
    const shift = layer.wander * (1 - 0.7 * smoothstep(0.6, 0.92, Math.min(pr, pg, pb)));
    paintStroke(canvas, {
      x,
      y,
      dirX,
      dirY,
      bend: bendAt(flow, x * scale, y * scale, dirX, dirY, ahead * scale, behind * scale) * scale,
      ahead: ahead + half * 0.7,
      behind: behind + half * 0.7,
      halfWidth: half,
      // Neighbouring strokes differ a little in light and, unless the photo is black and white, in warmth.
      r: pr + shift * (da + 0.5 * warmth * db),
      g: pg + shift * (da + 0.25 * warmth * dc),
      b: pb + shift * (da - 0.5 * warmth * db),
      cover: layer.cover,
      load: layer.load,
      bristle: layer.bristle,
      turn,
    });
  }
}

function isGrey({ r, g, b }: Picture): boolean {
  for (let i = 0; i < r.length; i += 13) {
    const red = r[i] as number;
    const green = g[i] as number;
    const blue = b[i] as number;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 0.02) return false;
  }
  return true;
}

/** The numbers up to `count` in an order without pattern, the same on every run. */
function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    const held = order[k] as number;
    order[k] = order[other] as number;
    order[other] = held;
  }
  return order;
}

function nearest(size: { width: number; height: number }, x: number, y: number): number {
  const px = clamp(x | 0, 0, size.width - 1);
  const py = clamp(y | 0, 0, size.height - 1);
  return py * size.width + px;
}

/** How far one can go from a place before the motif's colour has changed or its direction has turned. */
function reach(
  { target, flow }: Motif,
  x: number,
  y: number,
  dirX: number,
  dirY: number,
  longest: number,
  edge: number,
): number {
  const start = nearest(target, x, y);
  const [r, g, b] = [target.r[start] as number, target.g[start] as number, target.b[start] as number];
  const step = Math.max(0.8, longest / 8);
  let gone = 0;
  while (gone < longest) {
    const at = nearest(target, x + dirX * (gone + step), y + dirY * (gone + step));
    const change =
      Math.abs((target.r[at] as number) - r) +
      Math.abs((target.g[at] as number) - g) +
      Math.abs((target.b[at] as number) - b);
    const turned = Math.abs((flow.x[at] as number) * dirX + (flow.y[at] as number) * dirY);
    if (change > edge * 3 || turned < 0.5) break;
    gone += step;
  }
  return Math.min(gone, longest);
}

/** Half the width a brush may have here without running over an edge at its side; at least a third of it. */
function roomAcross(
  { target }: Motif,
  x: number,
  y: number,
  dirX: number,
  dirY: number,
  half: number,
  edge: number,
): number {
  const start = nearest(target, x, y);
  for (const share of [1, 0.6]) {
    const free = [half * share, -half * share].every((side) => {
      const at = nearest(target, x - dirY * side, y + dirX * side);
      const change =
        Math.abs((target.r[at] as number) - (target.r[start] as number)) +
        Math.abs((target.g[at] as number) - (target.g[start] as number)) +
        Math.abs((target.b[at] as number) - (target.b[start] as number));
      return change <= edge * 3;
    });
    if (free) return half * share;
  }
  return half * 0.34;
}

/** How the flow turns between the two ends of a stroke. */
function bendAt(
  flow: Flow,
  x: number,
  y: number,
  dirX: number,
  dirY: number,
  ahead: number,
  behind: number,
): number {
  const length = ahead + behind;
  if (length < 3) return 0;
  const turn = (distance: number) => {
    const at = nearest(flow, x + dirX * distance, y + dirY * distance);
    const fx = flow.x[at] as number;
    const fy = flow.y[at] as number;
    const same = fx * dirX + fy * dirY;
    return Math.asin(clamp((dirX * fy - dirY * fx) * (same < 0 ? -1 : 1), -0.6, 0.6));
  };
  const most = 0.7 / length;
  return clamp((turn(ahead) - turn(-behind)) / (2 * length), -most, most);
}
