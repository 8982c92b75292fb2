import { eachRow, eachRun } from '../each-row.ts';
import { letGoFlow } from '../kernels/flow.ts';
import { lookUp, toneTable } from '../kernels/grade.ts';
import { drawLines } from '../kernels/lines.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { letGo, newPicture, newPlane, type Picture, type Plane } from '../raster.ts';
import type { Scene } from '../scene.ts';
import { hatch } from '../strokes/hatch.ts';
import { drawnForms } from '../tone/drawn-forms.ts';
import { bringOutFeatures, smallFaces } from '../tone/small-faces.ts';

const darkness = toneTable([
  [0, 1],
  [0.1, 0.94],
  [0.3, 0.6],
  [0.5, 0.3],
  [0.72, 0.07],
  [0.86, 0],
  [1, 0],
]);

/** Pen and ink: contours that swell and taper, shadows built up in crossing lines, the paper left alone. */
export function ink(scene: Scene): Picture {
  const { photo, stroke: unit, person } = scene;
  const { width, height } = photo;
  const { light, shape, flow } = drawnForms(scene, { sigma: 8, epsilon: 0.003, flow: [2.2, 7] });
  const tone = newPlane(width, height);
  eachRun(light.data.length, toneRun, { light, shape, person, tone });
  letGo(shape);
  const paper = paperTile('tooth', unit);
  const sheet = newPlane(width, height);
  const pen = { halfWidth: 0.78 * unit, tooth: 0, sway: 0.05, pressure: 0.9 };
  hatch(sheet, tone, flow, paper, {
    ...pen,
    length: 34 * unit,
    angle: -0.8,
    follow: 1,
    coats: 1.5,
    need: 0.2,
    seed: 1,
  });
  hatch(sheet, tone, flow, paper, {
    ...pen,
    length: 26 * unit,
    angle: 0.55,
    follow: 0.35,
    coats: 1.5,
    need: 0.42,
    seed: 2,
  });
  hatch(sheet, tone, flow, paper, {
    ...pen,
    length: 14 * unit,
    angle: -1.45,
    follow: 0.6,
    coats: 1.2,
    need: 0.6,
    seed: 3,
  });
  const faces = smallFaces(scene);
  bringOutFeatures(light, faces, scene.unit);
  const lines = drawLines(light, flow, {
    sigma: unit,
    along: 4.5 * unit,
    threshold: 0.006,
    hardness: 130,
    fill: 0.12,
  });
  letGo(light, tone, faces);
  letGoFlow(flow);
  const out = newPicture(width, height);
  eachRow(height, drawRow, { width, paper, sheet, lines, out });
  letGo(sheet, lines);
  return out;
}

type Toned = {
  readonly light: Plane;
  readonly shape: Plane;
  readonly person: Plane | null;
  readonly tone: Plane;
};

function toneRun({ light, shape, person, tone }: Toned, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const base = shape.data[i] as number;
    const front = person ? (person.data[i] as number) : 1;
    const value = base + ((light.data[i] as number) - base) * 1.5;
    tone.data[i] = lookUp(darkness, value + 0.12 * (1 - front));
  }
}

type Drawing = {
  readonly width: number;
  readonly paper: Plane;
  readonly sheet: Plane;
  readonly lines: Plane;
  readonly out: Picture;
};

function drawRow({ width, paper, sheet, lines, out }: Drawing, y: number): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const dark = 1 - (1 - (sheet.data[i] as number)) * (1 - (lines.data[i] as number));
    const grain = 0.978 - 0.022 * (1 - paperAt(paper, x, y));
    out.r[i] = grain * 0.99 * (1 - dark) + 0.075 * dark;
    out.g[i] = grain * 0.972 * (1 - dark) + 0.07 * dark;
    out.b[i] = grain * 0.925 * (1 - dark) + 0.1 * dark;
  }
}
