import { eachRow } from '../each-row.ts';
import { type Grade, unitOf } from '../grades/band.ts';
import { colourRamp, grainRows, lookUp, toneTable } from '../kernels/grade.ts';
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
export const duotone: Grade = ({ photo, faces, unit, white }, size) => {
  const { width, height } = size;
  const light = luma(photo);
  const drawn = readDrawnLight(light, faces, wanted);
  lightLines(drawn, photo)(0, light.data);
  const shapes = guidedLines(fitGuided(light, light, { sigma: 7 * unit, epsilon: 0.005 }), width, height);
  letGo(light);
  const draw = lightLines(drawn, size);
  const grain = grainRows(width, height, Math.max(0.8, unitOf(size)), 31);
  const away = mix(0.8, 1, white);
  const [lights, shape] = [new Float32Array(width), new Float32Array(width)];
  return ({ top, r, g, b }, mask) => {
    const noises = grain(top, r.length / width);
    const of = { top, r, g, b, mask, lights, draw, shape, shapes, noises, away };
    eachRow(r.length / width, duotoneRow, of);
    letGo(noises);
  };
};

type Print = Readonly<Record<'r' | 'g' | 'b' | 'lights' | 'shape' | 'noises', Float32Array>> & {
  readonly top: number;
  readonly mask: Float32Array | null;
  readonly draw: (y: number, line: Float32Array) => void;
  readonly shapes: (y: number, line: Float32Array) => void;
  readonly away: number;
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

function lightRow({ r, g, b, lights }: Print, start: number): void {
  for (let x = 0, i = start; x < lights.length; x++, i++)
    lights[x] = 0.2126 * (r[i] as number) + 0.7152 * (g[i] as number) + 0.0722 * (b[i] as number);
}

function printRow({ r, g, b, mask, lights, shape, noises, away }: Print, start: number): void {
  for (let x = 0, i = start; x < lights.length; x++, i++) {
    const base = shape[x] as number;
    const tone = lookUp(curve, base + ((lights[x] as number) - base) * 1.35);
    const front = mask ? (mask[i] as number) : 1;
    const value = mix(tone * away, tone, front) + (noises[i] as number) * 0.03;
    r[i] = lookUp(ramp[0], value);
    g[i] = lookUp(ramp[1], value);
    b[i] = lookUp(ramp[2], value);
  }
}
