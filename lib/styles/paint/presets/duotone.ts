import type { Grade } from '../grades/band.ts';
import { type GradedBand, gradeRows } from '../grades/graded-rows.ts';
import { colourRamp, lookUp, toneTable } from '../kernels/grade.ts';
import { fitGuided, guidedLines } from '../kernels/guided-filter.ts';
import { hex, letGo, luma, mix } from '../raster.ts';
import { lightLines, readDrawnLight } from '../tone/drawing-light.ts';

const ramp = colourRamp([
  [0, hex('#101a4a')],
  [0.28, hex('#3b2a7a')],
  [0.55, hex('#d2476a')],
  [0.8, hex('#ff9d6c')],
  [1, hex('#fff1d6')],
]);

const curve = toneTable([
  [0, 0],
  [0.22, 0.15],
  [0.5, 0.5],
  [0.78, 0.85],
  [1, 1],
]);

/** Of two inks the dark one swallows forms: every face is brought out of it by itself. */
const wanted = { from: 0.5, to: 0.85, mean: 0.06 } as const;

/** Two inks and the paper: night blue through coral to cream. */
export const duotone: Grade = (scene, size) => {
  const { photo, faces, unit } = scene;
  const light = luma(photo);
  const drawn = readDrawnLight(light, faces, wanted);
  lightLines(drawn, photo)(0, light.data);
  const fit = fitGuided(light, light, { sigma: 7 * unit, epsilon: 0.005 });
  letGo(light);
  const shapes = guidedLines(fit, size.width, size.height);
  const draw = lightLines(drawn, size);
  const [lights, shape] = [new Float32Array(size.width), new Float32Array(size.width)];
  const opening = { grain: [1, 0.8, 31], away: 0.8, row: duotoneRow } as const;
  return gradeRows(scene, size, opening, { lights, draw, shape, shapes });
};

type Print = GradedBand & {
  readonly lights: Float32Array;
  readonly draw: (y: number, line: Float32Array) => void;
  readonly shape: Float32Array;
  readonly shapes: (y: number, line: Float32Array) => void;
};

function duotoneRow(of: Print, row: number): void {
  const { top, lights, draw, shape, shapes } = of;
  const start = row * lights.length;
  lightRow(of, start);
  draw(top + row, lights);
  shape.set(lights);
  shapes(top + row, shape);
  printRow(of, start);
}

function lightRow({ red, green, blue, lights }: Print, start: number): void {
  for (let x = 0, i = start; x < lights.length; x++, i++)
    lights[x] = 0.2126 * (red[i] as number) + 0.7152 * (green[i] as number) + 0.0722 * (blue[i] as number);
}

function printRow({ red, green, blue, mask, lights, shape, noises, away }: Print, start: number): void {
  for (let x = 0, i = start; x < lights.length; x++, i++) {
    const base = shape[x] as number;
    const tone = lookUp(curve, base + ((lights[x] as number) - base) * 1.35);
    const front = mask ? (mask[i] as number) : 1;
    const value = mix(tone * away, tone, front) + (noises[i] as number) * 0.03;
    red[i] = lookUp(ramp[0], value);
    green[i] = lookUp(ramp[1], value);
    blue[i] = lookUp(ramp[2], value);
  }
}
