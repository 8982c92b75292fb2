import { type FaceMesh, meshPoint } from '../people/face-mesh.ts';
import type { Face } from '../people/find-faces.ts';
import { clamp, smoothstep } from '../raster.ts';

/** Where a head is and how it is held: everything about a person is measured in heights of the face's oval. */
export type Head = {
  /** Middle of the oval, in pixels. */
  readonly x: number;
  readonly y: number;
  /** From the hairline to the chin, in pixels. */
  readonly unit: number;
  /** Tilt to the side, radians. */
  readonly roll: number;
  /** How far it looks to the side: 0 straight ahead, 1 to the right as in a profile, -1 to the left. */
  readonly turn: number;
  /** How far the face reaches to each side of its middle line, in its heights: who looks to the side shows more of one. */
  readonly sides: readonly [left: number, right: number];
};

/** Of a face that looks straight ahead. */
const usualSide = 0.42;
const leastSide = 0.15;
/** A cheek that is turned away still reaches so far, by hair and wall beside it. */
export const leastCheek = 0.36;

/** How far to the side a place lies on a face, as it would on one that looks straight ahead; `u` as of {@link fillCoordinates}. */
export function acrossFace({ sides }: Pick<Head, 'sides'>, u: number, least = leastSide): number {
  return (u * usualSide) / Math.max(least, sides[u < 0 ? 0 : 1]);
}

type Size = { readonly width: number; readonly height: number };

/** The head that a face belongs to, in pixels of a picture of this size. */
export function headOf(face: Face, mesh: FaceMesh | null, size: Size): Head {
  if (!mesh) {
    const unit = face.height * size.height * 1.12;
    return {
      x: face.x * size.width,
      y: face.y * size.height - unit * 0.05,
      unit,
      roll: 0,
      turn: 0,
      sides: [usualSide, usualSide],
    };
  }
  const [tx, ty] = meshPoint(mesh, 10, size);
  const [cx, cy] = meshPoint(mesh, 152, size);
  const [lx, ly] = meshPoint(mesh, 234, size);
  const [rx, ry] = meshPoint(mesh, 454, size);
  const tall = Math.hypot(cx - tx, cy - ty);
  const wide = Math.hypot(rx - lx, ry - ly);
  const roll = Math.atan2(tx - cx, -(ty - cy));
  // The tip of the nose lies before the middle between the ears.
  const [nx, ny] = meshPoint(mesh, 1, size);
  const [left, right] = [Math.hypot(nx - lx, ny - ly), Math.hypot(nx - rx, ny - ry)];
  const turn = clamp((left - right) / (0.8 * (left + right)), -1, 1);
  const [x, y, unit] = [(tx + cx) / 2, (ty + cy) / 2, Math.max(tall, wide * 1.1)];
  const across = (px: number, py: number) => ((px - x) * Math.cos(roll) + (py - y) * Math.sin(roll)) / unit;
  const sides = [Math.max(leastSide, -across(lx, ly)), Math.max(leastSide, across(rx, ry))] as const;
  return { x, y, unit, roll, turn, sides };
}

/** Fills `u` (across, to the right) and `v` (down; chin at 0.5) of every pixel of a row-by-row field. */
export function fillCoordinates(head: Head, { width, height }: Size, u: Float32Array, v: Float32Array): void {
  const [cos, sin] = [Math.cos(head.roll), Math.sin(head.roll)];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const dx = (x + 0.5 - head.x) / head.unit;
      const dy = (y + 0.5 - head.y) / head.unit;
      const ru = dx * cos + dy * sin;
      const rv = dy * cos - dx * sin;
      // A tilted head sits on an upright body: below the chin the tilt fades.
      const body = smoothstep(0.45, 1.3, rv);
      u[i] = ru + (dx - ru) * body;
      v[i] = rv + (dy - rv) * body;
    }
  }
}

/** The head that is nearest to a place, each measured by its own height; null where there is none. */
export function nearestHead(heads: readonly Head[], x: number, y: number): Head | null {
  let [found, least]: [Head | null, number] = [null, Infinity];
  for (const head of heads) {
    const away = Math.hypot(x - head.x, y - head.y) / head.unit;
    if (away < least) [found, least] = [head, away];
  }
  return found;
}
