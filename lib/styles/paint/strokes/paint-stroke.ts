import { eachRow } from '../each-row.ts';
import { hashNoise } from '../kernels/random.ts';
import { newPlane, type Picture, type Plane } from '../raster.ts';
import { brushLength, brushMarks, brushWidth } from './brush.ts';

/** Wet paint: its colour and how thick it lies. */
export type Canvas = { readonly colour: Picture; readonly thickness: Plane };

/** One stroke of a loaded brush, bent like a shallow bow. Lengths in pixels, measured from its middle. */
export type Stroke = {
  readonly x: number;
  readonly y: number;
  /** Direction at the middle, a unit vector. */
  readonly dirX: number;
  readonly dirY: number;
  /** How far it bends to the left per squared pixel. */
  readonly bend: number;
  readonly ahead: number;
  readonly behind: number;
  readonly halfWidth: number;
  readonly r: number;
  readonly g: number;
  readonly b: number;
  /** How much paint covers what lies below, 0 to 1. */
  readonly cover: number;
  /** How thick the paint is laid on. */
  readonly load: number;
  /** The distance between bristles. */
  readonly bristle: number;
  /** Which part of the brush touches, so that no two strokes look alike. */
  readonly turn: number;
};

/** A canvas thinly painted in the colours of a picture, which it takes over; the weave still shows. */
export function canvasOn(ground: Picture, threads: number): Canvas {
  const { width, height } = ground;
  const thickness = newPlane(width, height);
  const waves = Float32Array.from({ length: Math.max(width, height) }, (_, k) =>
    Math.sin((k * 2 * Math.PI) / threads),
  );
  eachRow(height, weaveRow, { width, waves, thickness });
  return { colour: ground, thickness };
}

type Weave = {
  readonly width: number;
  readonly waves: Float32Array;
  readonly thickness: Plane;
};

function weaveRow({ width, waves, thickness }: Weave, y: number): void {
  const b = waves[y] as number;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const a = waves[x] as number;
    thickness.data[i] =
      0.34 + 0.045 * (a * (b > 0 ? 1 : 0.4) + b * (a > 0 ? -0.4 : -1)) + 0.14 * hashNoise(x, y, 3);
  }
}

/** Draws one stroke onto the canvas. */
export function paintStroke(canvas: Canvas, stroke: Stroke): void {
  const { colour, thickness } = canvas;
  const { width, height } = colour;
  const { dirX, dirY, bend, ahead, behind, halfWidth, cover, load } = stroke;
  const marks = brushMarks();
  const longest = Math.max(ahead, behind);
  const bow = Math.abs(bend) * longest * longest;
  const reachY = Math.ceil(Math.abs(dirY) * longest + Math.abs(dirX) * (halfWidth + bow)) + 1;
  const top = Math.max(0, Math.floor(stroke.y - reachY));
  const bottom = Math.min(height - 1, Math.ceil(stroke.y + reachY));
  const perLength = (brushLength - 2) / (ahead + behind);
  const perWidth = 1 / stroke.bristle;
  const row0 = stroke.turn * brushWidth;
  const ragged = Math.max(1.2, halfWidth * 0.9);
  for (let py = top; py <= bottom; py++) {
    const dy = py - stroke.y;
    const [from, to] = span(stroke, dy, bow, width);
    for (let px = from; px <= to; px++) {
      const dx = px - stroke.x;
      const u = dx * dirX + dy * dirY;
      if (u > ahead || u < -behind) continue;
      const v = dy * dirX - dx * dirY - bend * u * u;
      const side = halfWidth - (v < 0 ? -v : v);
      if (side <= 0) continue;
      const markRow = (row0 + (v + halfWidth) * perWidth) & (brushWidth - 1);
      const mark = marks[markRow * brushLength + (((u + behind) * perLength) | 0)] as number;
      // The start of a stroke is round, its end runs dry bristle by bristle.
      const lift = (ahead - u) / ragged - (1 - mark) * 0.9;
      const press = (u + behind) / (ragged * 0.6) - (0.25 * (halfWidth - side)) / halfWidth;
      let alpha = side * 0.8 + (mark - 0.45) * 0.7;
      if (lift < alpha) alpha = lift;
      if (press < alpha) alpha = press;
      if (alpha <= 0) continue;
      alpha = (alpha > 1 ? 1 : alpha) * cover;
      const i = py * width + px;
      const tint = 1 + (mark - 0.5) * 0.1;
      const keep = 1 - alpha;
      colour.r[i] = (colour.r[i] as number) * keep + stroke.r * tint * alpha;
      colour.g[i] = (colour.g[i] as number) * keep + stroke.g * tint * alpha;
      colour.b[i] = (colour.b[i] as number) * keep + stroke.b * tint * alpha;
      const ridge = side < 2.2 ? 0.3 * (1 - side / 2.2) : 0;
      thickness.data[i] = (thickness.data[i] as number) * keep + (mark * 0.8 + 0.2 + ridge) * load * alpha;
    }
  }
}

/** The columns of a row that the stroke can touch. */
function span(stroke: Stroke, dy: number, bow: number, width: number): [number, number] {
  const { dirX, dirY, halfWidth, ahead, behind } = stroke;
  let low = -1e9;
  let high = 1e9;
  if (Math.abs(dirX) > 0.02) {
    const a = (-behind - dy * dirY) / dirX;
    const b = (ahead - dy * dirY) / dirX;
    low = Math.min(a, b);
    high = Math.max(a, b);
  }
  if (Math.abs(dirY) > 0.02) {
    const a = (dy * dirX - halfWidth - bow) / dirY;
    const b = (dy * dirX + halfWidth + bow) / dirY;
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
  }
  return [Math.max(0, Math.floor(stroke.x + low)), Math.min(width - 1, Math.ceil(stroke.x + high))];
}
