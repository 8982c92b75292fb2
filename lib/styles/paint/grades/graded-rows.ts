import { eachRow } from '../each-row.ts';
import { enlargedPicture, type Line } from '../kernels/enlarge-rows.ts';
import { grainRows } from '../kernels/grade.ts';
import { lensBlur } from '../kernels/lens-blur.ts';
import { letGo, mix, type Size } from '../raster.ts';
import type { Scene } from '../scene.ts';
import { type Grade, unitOf } from './band.ts';

/** A band as a grade changes it, row by row: its colours, who is in it, and what lies over and behind them. */
export type GradedBand = Readonly<Record<'red' | 'green' | 'blue' | 'noises', Float32Array>> &
  Readonly<Record<'top' | 'width' | 'height' | 'corners' | 'away', number>> & {
    readonly mask: Float32Array | null;
    /** A line of what is behind people, out of focus; null where nobody is told apart or the look keeps all of it sharp. */
    readonly backdrop: ((y: number) => Line) | null;
  };

type Opening<Of extends object> = {
  /** The size of the grain in units, its least in pixels, and its seed. */
  readonly grain: readonly [size: number, least: number, seed: number];
  /** How far corners are darkened, and what is left of the light behind people: both are left out before white. */
  readonly corners?: number;
  readonly away?: number;
  /** How far what is behind people is out of focus, in units. */
  readonly blur?: number;
  /** One row of a band: a function of its module. */
  readonly row: (of: GradedBand & Of, row: number) => void;
};

/** Opens a grade: prepares its backdrop and its grain, and gives every row to `row` with what the look made `of` the scene. */
export function gradeRows<Of extends object>(
  { photo, person, unit, white }: Scene,
  size: Size,
  { grain: [grainSize, least, seed], corners = 0, away = 1, blur = 0, row }: Opening<Of>,
  of: Of,
): ReturnType<Grade> {
  const { width, height } = size;
  const behind =
    person && blur > 0 ? enlargedPicture(lensBlur(photo, person, blur * unit), width, height) : null;
  const grain = grainRows(width, height, Math.max(least, grainSize * unitOf(size)), seed);
  const dimmed = { corners: corners * (1 - white), away: mix(away, 1, white) };
  return ({ top, r: red, g: green, b: blue }, mask) => {
    const noises = grain(top, red.length / width);
    const backdrop = mask && behind;
    eachRow(red.length / width, row, {
      ...of,
      ...dimmed,
      top,
      red,
      green,
      blue,
      mask,
      backdrop,
      noises,
      width,
      height,
    });
    letGo(noises);
  };
}
