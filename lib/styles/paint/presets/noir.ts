import { eachRun } from '../each-row.ts';
import { type Grade, sampled } from '../grades/band.ts';
import { type GradedBand, gradeRows } from '../grades/graded-rows.ts';
import { type EnlargedRows, enlargedRows } from '../kernels/enlarge-rows.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { fitGuided, type GuidedFit, guidedLines } from '../kernels/guided-filter.ts';
import { clamp, letGo, mix, newPlane, type Picture, type Plane } from '../raster.ts';

const curve = toneTable([
  [0, 0.012],
  [0.16, 0.07],
  [0.36, 0.27],
  [0.58, 0.6],
  [0.8, 0.87],
  [1, 0.985],
]);

/** Black and white with weight: skin kept luminous, texture brought up, the room falling into shadow. */
export const noir: Grade = (scene, size) => {
  const { photo, unit } = scene;
  const { width, height } = size;
  const light = newPlane(photo.width, photo.height);
  eachRun(light.data.length, orangeRun, { photo, light });
  const fit = fitGuided(light, light, { sigma: 9 * unit, epsilon: 0.006 });
  const soft = scene.person ? gaussian(scene.person, 1.2 * unit) : null;
  const exposure = exposureFor(fit, light, soft);
  letGo(light);
  const [lights, shape] = [new Float32Array(width), new Float32Array(width)];
  const shapes = guidedLines(fit, width, height);
  const falls = soft && enlargedRows(soft, width, height);
  const opening = { grain: [1.15, 0.9, 23], corners: 0.62, away: 0.55, row: noirRow } as const;
  return gradeRows(scene, size, opening, { lights, shape, shapes, falls, exposure });
};

type Graded = GradedBand & {
  readonly lights: Float32Array;
  readonly shape: Float32Array;
  readonly shapes: (y: number, line: Float32Array) => void;
  readonly falls: EnlargedRows | null;
  readonly exposure: number;
};

function noirRow(of: Graded, row: number): void {
  const { top, lights, shape, shapes, falls, width } = of;
  lightRow(of, row * width);
  shape.set(lights);
  shapes(top + row, shape);
  gradeRow(of, top + row, row * width, falls ? falls(top + row) : null);
}

function lightRow({ red, green, blue, lights }: Graded, start: number): void {
  for (let x = 0; x < lights.length; x++) lights[x] = orange(red, green, blue, start + x);
}

/** Row `y` of the picture, which begins at `start` in the band. */
function gradeRow(of: Graded, y: number, start: number, fall: Float32Array | null): void {
  const { red, green, blue, lights, shape, noises, width, height, exposure, away, corners } = of;
  for (let x = 0, i = start; x < width; x++, i++) {
    const base = shape[x] as number;
    const detail = (lights[x] as number) - base;
    const front = fall ? mix(away, 1, fall[x] as number) : 1;
    const dim = vignetteAt(x, y, width, height, corners);
    const tone = lookUp(curve, (base * exposure + detail * 1.5) * front * dim);
    const value = tone + (noises[i] as number) * 0.055 * (0.35 + 1.9 * tone * (1 - tone));
    // A trace of selenium: cool in the depths, warm in the light.
    red[i] = value * (1 + 0.012 * (tone - 0.4));
    green[i] = value * 0.998;
    blue[i] = value * (1 - 0.03 * (tone - 0.45));
  }
}

type Orange = {
  readonly photo: Picture;
  readonly light: Plane;
};

function orangeRun({ photo, light }: Orange, from: number, to: number): void {
  for (let i = from; i < to; i++) light.data[i] = orange(photo.r, photo.g, photo.b, i);
}

/** Light as an orange filter on film gives it: skin and lips lighter, blue cloth and skies darker. */
function orange(r: Float32Array, g: Float32Array, b: Float32Array, i: number): number {
  return 0.46 * (r[i] as number) + 0.42 * (g[i] as number) + 0.12 * (b[i] as number);
}

/** How light the lighter parts of the people in the picture should be: the room may go dark, skin may not. */
const lightSkin = 0.7;

/** What to multiply the large shapes of light by; never less than one, and a night stays a night. */
function exposureFor({ slope, offset }: GuidedFit, light: Plane, person: Plane | null): number {
  const { width, height } = slope;
  const seen: number[] = [];
  for (let i = 0; i < slope.data.length; i += 7) {
    const [x, y] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    if (person && sampled(person, x, y) <= 0.6) continue;
    seen.push((slope.data[i] as number) * sampled(light, x, y) + (offset.data[i] as number));
  }
  seen.sort((one, two) => one - two);
  const found = seen[Math.floor(seen.length * 0.8)] ?? lightSkin;
  return clamp(lightSkin / Math.max(0.05, found), 1, 1.3);
}
