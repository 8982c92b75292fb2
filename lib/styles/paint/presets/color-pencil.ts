import { eachRow, eachRun } from '../each-row.ts';
import { letGoFlow } from '../kernels/flow.ts';
import { lookUp, toneTable } from '../kernels/grade.ts';
import { kuwahara } from '../kernels/kuwahara.ts';
import { drawLines } from '../kernels/lines.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { resizePicture } from '../kernels/resize.ts';
import {
  clamp01,
  letGo,
  luma,
  mix,
  newPicture,
  newPlane,
  type Picture,
  type Plane,
  smoothstep,
} from '../raster.ts';
import type { Scene } from '../scene.ts';
import { hatch } from '../strokes/hatch.ts';
import { drawingLight } from '../tone/drawing-light.ts';
import { readMotif } from '../tone/drawn-forms.ts';

const curve = toneTable([
  [0, 0.015],
  [0.25, 0.29],
  [0.5, 0.58],
  [0.78, 0.88],
  [1, 1],
]);

/** Cyan, magenta and yellow, and the dark pencil. */
type Four<T> = [T, T, T, T];

/** Coloured pencils: three colours hatched over one another at three angles, as light as the hand lays them. */
export function colorPencil(scene: Scene): Picture {
  const { photo, stroke: unit, person, faces } = scene;
  const { width, height } = photo;
  const { small, light: seen, flow } = readMotif(scene, 2, 7);
  const calm = kuwahara(small, flow, 2.2);
  const soft = resizePicture(calm, width, height);
  letGo(small, seen, calm);
  const lightened = drawingLight(soft, faces);
  const wanted = Array.from({ length: 4 }, () => newPlane(width, height)) as Four<Plane>;
  eachRun(soft.r.length, wantedRun, { soft, lightened, person, wanted });
  letGo(soft, lightened);
  const paper = paperTile('tooth', unit);
  const sheets = wanted.map((tone, k) => {
    const sheet = newPlane(width, height);
    // A first wash with the side of the lead, then strokes over it.
    eachRun(sheet.data.length, firstRun, { sheet, tone });
    const lead = { halfWidth: 1.05 * Math.max(1, unit), tooth: 0.6, sway: 0.12, follow: 1 };
    hatch(sheet, tone, flow, paper, {
      ...lead,
      length: 40 * unit,
      angle: k === 3 ? -0.95 : -0.7 + 0.5 * k,
      coats: k === 3 ? 1.8 : 1.5,
      need: 0.05,
      // Colours lie thinly over one another; only the dark pencil is pressed.
      pressure: k === 3 ? 0.34 : 0.24,
      seed: 10 + k,
    });
    letGo(tone);
    return sheet.data;
  }) as Four<Float32Array>;
  const light = luma(photo);
  const lines = drawLines(light, flow, {
    sigma: 0.95 * unit,
    along: 4 * unit,
    threshold: 0.005,
    hardness: 60,
  }).data;
  letGo(light);
  letGoFlow(flow);
  const out = newPicture(width, height);
  eachRow(height, drawRow, { width, paper, sheets, lines, out });
  letGo(...sheets, lines);
  return out;
}

type Wanted = {
  readonly soft: Picture;
  readonly lightened: Plane;
  readonly person: Plane | null;
  readonly wanted: Four<Plane>;
};

function wantedRun({ soft, lightened, person, wanted }: Wanted, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const r = soft.r[i] as number;
    const g = soft.g[i] as number;
    const b = soft.b[i] as number;
    const tone = clamp01(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const lifted = lookUp(curve, lightened.data[i] as number);
    // Full colours in the lights; the darks of hair and cloth would turn blue.
    const gain = Math.min(1.5, lifted / Math.max(0.05, tone)) * (0.75 + 0.6 * smoothstep(0.08, 0.4, tone));
    // What is behind people is laid lighter, but not its blacks.
    const front = person ? mix(0.86, 1, Math.max(person.data[i] as number, smoothstep(0.4, 0.2, lifted))) : 1;
    const c = front * clamp01(1 - lifted - (r - tone) * gain);
    const m = front * clamp01(1 - lifted - (g - tone) * gain);
    const ye = front * clamp01(1 - lifted - (b - tone) * gain);
    // What all three would darken alike is left to one dark pencil, or greys would turn into a rainbow.
    const grey = 0.9 * Math.min(c, m, ye);
    wanted[0].data[i] = 1 - (1 - c) / (1 - grey);
    wanted[1].data[i] = 1 - (1 - m) / (1 - grey);
    wanted[2].data[i] = 1 - (1 - ye) / (1 - grey);
    wanted[3].data[i] = grey;
  }
}

type First = {
  readonly sheet: Plane;
  readonly tone: Plane;
};

function firstRun({ sheet, tone }: First, from: number, to: number): void {
  for (let i = from; i < to; i++)
    sheet.data[i] = (tone.data[i] as number) * (0.5 + 0.46 * (tone.data[i] as number));
}

type Drawing = {
  readonly width: number;
  readonly paper: Plane;
  readonly sheets: Four<Float32Array>;
  readonly lines: Float32Array;
  readonly out: Picture;
};

function drawRow({ width, paper, sheets, lines, out }: Drawing, y: number): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const grain = paperAt(paper, x, y);
    // Where leads were pressed the wax has filled the paper's tooth.
    const pressed = sheets[3][i] as number;
    const waxy = 1 + (0.34 * grain - 0.2) * (1 - pressed * pressed);
    const grey = 1 - clamp01(pressed * waxy) * 0.97;
    const line = 1 - 0.55 * (lines[i] as number) * (0.6 + 0.5 * grain);
    const sheet = (0.985 - 0.025 * (1 - grain)) * grey;
    out.r[i] = sheet * 0.992 * (1 - clamp01((sheets[0][i] as number) * waxy)) * mix(1, line, 0.92);
    out.g[i] = sheet * 0.98 * (1 - clamp01((sheets[1][i] as number) * waxy)) * line;
    out.b[i] = sheet * 0.955 * (1 - clamp01((sheets[2][i] as number) * waxy)) * mix(1, line, 0.94);
  }
}
