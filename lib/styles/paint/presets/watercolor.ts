import { eachRow } from '../each-row.ts';
import { clouds } from '../kernels/clouds.ts';
import { letGoFlow } from '../kernels/flow.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { lookUp } from '../kernels/grade.ts';
import { kuwahara } from '../kernels/kuwahara.ts';
import { drawLines } from '../kernels/lines.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { resize, resizePicture } from '../kernels/resize.ts';
import { faceMap, finerOnFaces } from '../people/face-map.ts';
import {
  clamp,
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
import { readMotif } from '../tone/drawn-forms.ts';

const steps = 2048;

/** Light in a few washes: flat within one, with a short soft step to the next; never black. */
const washTones = Float32Array.from({ length: steps + 1 }, (_, i) => {
  const tone = (i / steps) ** 0.8;
  const level = Math.floor(tone * 7);
  const stepped = (level + smoothstep(0.25, 0.75, tone * 7 - level)) / 7;
  return 0.05 + 0.95 * mix(stepped, tone, 0.35);
});

/** How much pigment makes a channel this bright on white paper. */
const pigments = Float32Array.from({ length: steps + 1 }, (_, i) => -Math.log(Math.max(0.025, i / steps)));

/** Watercolour: clear washes with wet edges over a light pencil drawing, on rough paper with a bare margin. */
export function watercolor(scene: Scene): Picture {
  const { photo, faces, stroke: unit, person } = scene;
  const { width, height } = photo;
  const { size, small, light: seen, flow } = readMotif(scene, 2, 6);
  const face = faceMap(size.width, size.height, faces);
  const [fine, once] = [kuwahara(small, flow, 1.4), kuwahara(small, flow, 3.4)];
  const broad = finerOnFaces(face, fine, kuwahara(once, flow, 3));
  const wash = resizePicture(broad, width, height);
  letGo(small, seen, fine, once, broad);
  const calm = resize(face, width, height);
  const blots = clouds(width, height, 70 * unit, 5);
  const fields = [clouds(width, height, 26 * unit, 15), clouds(width, height, 26 * unit, 25)] as const;
  const [wobbleX, wobbleY] = [fields[0].data, fields[1].data];
  const density = newPicture(width, height);
  const amount = newPlane(width, height);
  eachRow(height, washRow, { width, height, unit, calm, wobbleX, wobbleY, wash, amount, density });
  const wide = gaussian(amount, 3.2 * unit);
  const around = wide.data;
  const margin = bareMargin(width, height, unit);
  const light = luma(photo);
  const lines = drawLines(light, flow, {
    sigma: 0.9 * unit,
    along: 4 * unit,
    threshold: 0.006,
    hardness: 60,
  });
  letGo(wash, fields[0], fields[1], light, face);
  letGoFlow(flow);
  const paper = paperTile('rough', unit);
  const out = newPicture(width, height);
  eachRow(height, layRow, { width, paper, person, margin, amount, around, calm, blots, lines, density, out });
  letGo(density, amount, wide, calm, blots, margin, lines);
  return out;
}

type Wash = {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly calm: Plane;
  readonly wobbleX: Float32Array;
  readonly wobbleY: Float32Array;
  readonly wash: Picture;
  readonly amount: Plane;
  readonly density: Picture;
};

function washRow(
  { width, height, unit, calm, wobbleX, wobbleY, wash, amount, density }: Wash,
  y: number,
): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    // The brush does not stop exactly at the form, except on faces.
    const stray = 9 * unit * (1 - 0.85 * (calm.data[i] as number));
    const px = clamp(Math.round(x + ((wobbleX[i] as number) - 0.5) * stray), 0, width - 1);
    const py = clamp(Math.round(y + ((wobbleY[i] as number) - 0.5) * stray), 0, height - 1);
    const at = py * width + px;
    const tone = clamp01(
      0.2126 * (wash.r[at] as number) + 0.7152 * (wash.g[at] as number) + 0.0722 * (wash.b[at] as number),
    );
    const lifted = lookUp(washTones, tone);
    const gain = Math.min(1.5, lifted / Math.max(0.05, tone)) * smoothstep(0, 0.12, tone);
    amount.data[i] = 1 - lifted;
    density.r[i] = lookUp(pigments, lifted + ((wash.r[at] as number) - tone) * gain * 1.15);
    density.g[i] = lookUp(pigments, lifted + ((wash.g[at] as number) - tone) * gain * 1.15);
    density.b[i] = lookUp(pigments, lifted + ((wash.b[at] as number) - tone) * gain * 1.15);
  }
}

type Layer = {
  readonly width: number;
  readonly paper: Plane;
  readonly person: Plane | null;
  readonly margin: Plane;
  readonly amount: Plane;
  readonly around: Float32Array;
  readonly calm: Plane;
  readonly blots: Plane;
  readonly lines: Plane;
  readonly density: Picture;
  readonly out: Picture;
};

function layRow(
  { width, paper, person, margin, amount, around, calm, blots, lines, density, out }: Layer,
  y: number,
): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const height0 = paperAt(paper, x, y);
    const front = person ? (person.data[i] as number) : 0.8;
    const inside = margin.data[i] as number;
    // Pigment gathers at the rim of a wash, floats in blooms and settles in the pits of the paper.
    const rim = Math.max(0, (amount.data[i] as number) - (around[i] as number)) * 3.4;
    const edge = 0.55 * smoothstep(0, 0.35, inside) * (1 - smoothstep(0.35, 1, inside));
    // Blooms are seen in thin washes; in a deep one they would be fog.
    const thin = 1 - smoothstep(0.35, 0.8, amount.data[i] as number);
    const quiet = Math.max(calm.data[i] as number, 0.4 * front);
    const bloom = ((blots.data[i] as number) - 0.5) * mix(0.7, 0.3, quiet) * mix(0.22, 1, thin);
    const grain = (0.5 - height0) * 0.34;
    const load = Math.max(
      0,
      (0.98 + rim + edge + bloom + grain) * inside * mix(mix(1.04, 0.82, thin), 1.04, front),
    );
    const drawn = 1 - 0.42 * (lines.data[i] as number) * (0.5 + 0.6 * height0) * inside;
    const sheet = 0.985 + 0.018 * (height0 - 0.5);
    out.r[i] = sheet * 0.995 * drawn * Math.exp(-(density.r[i] as number) * load);
    out.g[i] = sheet * 0.982 * drawn * Math.exp(-(density.g[i] as number) * load);
    out.b[i] = sheet * 0.955 * drawn * Math.exp(-(density.b[i] as number) * load);
  }
}

/** 1 where there is paint, 0 on the bare paper around it, with a ragged border between. */
function bareMargin(width: number, height: number, unit: number): Plane {
  const ragged = clouds(width, height, 90 * unit, 35).data;
  const fine = clouds(width, height, 9 * unit, 45).data;
  const out = newPlane(width, height);
  eachRow(height, marginRow, { width, height, unit, ragged, fine, out });
  letGo(ragged, fine);
  return out;
}

type Margin = {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly ragged: Float32Array;
  readonly fine: Float32Array;
  readonly out: Plane;
};

function marginRow({ width, height, unit, ragged, fine, out }: Margin, y: number): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const fromEdge = Math.min(x, y, width - 1 - x, height - 1 - y) / unit;
    const wanted = 14 + 46 * (ragged[i] as number) + 10 * (fine[i] as number);
    out.data[i] = smoothstep(-5, 5, fromEdge - wanted * Math.min(1, Math.min(width, height) / (420 * unit)));
  }
}
