import type { Size } from '../raster.ts';
import type { BrushLevel } from './brushwork.ts';

/** What was laid of a painting's detail, three numbers a pixel, and where something lies. */
export type Quilt = { readonly detail: Float32Array; readonly filled: Uint8Array };

/** How far apart two pixels of three numbers are. */
export function apart(one: Float32Array, i: number, two: Float32Array, k: number): number {
  const dr = (one[i] as number) - (two[k] as number);
  const dg = (one[i + 1] as number) - (two[k + 1] as number);
  const db = (one[i + 2] as number) - (two[k + 2] as number);
  return dr * dr + dg * dg + db * db;
}

/** Sews a block on: on each side on which something lies already, a seam of least difference is cut. */
export function sew(
  quilt: Quilt,
  { width, height }: Size,
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
  { width, height }: Size,
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
