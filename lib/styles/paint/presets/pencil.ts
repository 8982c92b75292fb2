import { eachRow, eachRun } from '../each-row.ts';
import { letGoFlow } from '../kernels/flow.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { lookUp, toneTable } from '../kernels/grade.ts';
import { drawLines } from '../kernels/lines.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { letGo, mix, newPicture, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';
import { hatch } from '../strokes/hatch.ts';
import { drawnForms } from '../tone/drawn-forms.ts';

/** From light to how dark the graphite is to be: whites stay bare, blacks are pressed as dark as a soft pencil goes. */
const darkness = toneTable([
  [0, 1],
  [0.14, 0.94],
  [0.3, 0.58],
  [0.55, 0.2],
  [0.78, 0.05],
  [0.92, 0],
  [1, 0],
]);

/** A drawing in graphite: shading hatched across and along the forms, contours on top, paper showing. */
export function pencil(scene: Scene): Picture {
  const { photo, stroke: unit, person } = scene;
  const { width, height } = photo;
  const { light, shape, flow } = drawnForms(scene, { sigma: 10, epsilon: 0.004, flow: [2, 6] });
  const tone = newPlane(width, height);
  const smudge = newPlane(width, height);
  eachRun(light.data.length, rubRun, { light, shape, person, smudge, tone });
  letGo(shape);
  const paper = paperTile('tooth', unit);
  const sheet = newPlane(width, height);
  const graphite = { halfWidth: 0.95 * Math.max(1, unit), tooth: 0.6, sway: 0.1, follow: 1 };
  hatch(sheet, tone, flow, paper, {
    ...graphite,
    length: 60 * unit,
    angle: -0.95,
    pressure: 0.24,
    coats: 2,
    need: 0.05,
    seed: 1,
  });
  hatch(sheet, tone, flow, paper, {
    ...graphite,
    length: 40 * unit,
    angle: -0.35,
    pressure: 0.28,
    coats: 1.5,
    need: 0.1,
    seed: 2,
    follow: 0.7,
  });
  hatch(sheet, tone, flow, paper, {
    ...graphite,
    length: 16 * unit,
    angle: -1.3,
    pressure: 0.34,
    coats: 1.5,
    need: 0.12,
    seed: 3,
  });
  const soft = gaussian(light, 0.6 * unit);
  const lines = drawLines(soft, flow, {
    sigma: 0.95 * unit,
    along: 4 * unit,
    threshold: 0.005,
    hardness: 65,
  }).data;
  letGo(light, soft, tone);
  letGoFlow(flow);
  const out = newPicture(width, height);
  eachRow(height, drawRow, { width, paper, lines, smudge, sheet, out });
  letGo(sheet, lines, smudge);
  return out;
}

type Rubbed = {
  readonly light: Plane;
  readonly shape: Plane;
  readonly person: Plane | null;
  readonly smudge: Plane;
  readonly tone: Plane;
};

function rubRun({ light, shape, person, smudge, tone }: Rubbed, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const base = shape.data[i] as number;
    const value = base + ((light.data[i] as number) - base) * 1.35;
    const front = person ? (person.data[i] as number) : 1;
    const dark = lookUp(darkness, value);
    // What is behind people is drawn lighter, but its blacks stay black, or a night would be a grey day.
    const wanted = dark * mix(0.8, 1, Math.max(front, smoothstep(0.55, 0.85, dark)));
    // Rubbed with a finger first, more where it is dark; strokes bring what is missing.
    const rubbed = wanted * (0.42 + 0.5 * wanted);
    smudge.data[i] = rubbed;
    tone.data[i] = 1 - (1 - wanted) / (1 - rubbed);
  }
}

type Drawing = {
  readonly width: number;
  readonly paper: Plane;
  readonly lines: Float32Array;
  readonly smudge: Plane;
  readonly sheet: Plane;
  readonly out: Picture;
};

function drawRow({ width, paper, lines, smudge, sheet, out }: Drawing, y: number): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const grain = paperAt(paper, x, y);
    const contour = (lines[i] as number) * 0.7 * (0.62 + 0.5 * grain);
    const rubbed = (smudge.data[i] as number) * (0.9 + 0.18 * grain);
    const dark = 1 - (1 - (sheet.data[i] as number)) * (1 - contour) * (1 - rubbed);
    const sheetLight = 0.985 - 0.03 * (1 - grain);
    const left = Math.min(0.97, dark);
    out.r[i] = sheetLight * 0.985 * (1 - left) + 0.1 * left;
    out.g[i] = sheetLight * 0.968 * (1 - left) + 0.1 * left;
    out.b[i] = sheetLight * 0.93 * (1 - left) + 0.11 * left;
  }
}
