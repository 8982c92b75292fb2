import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { fitted, resizePicture } from '../kernels/resize.ts';
import { type LabField, labField } from '../parts/lab-field.ts';
import { findFaces, sureScore } from '../people/find-faces.ts';
import type { Models } from '../people/models.ts';
import type { Picture } from '../raster.ts';
import { toRgb } from '../reference/oklab.ts';
import { cutRegion } from './cloth.ts';

/** What a vendor's picture shows, as far as it says what may be tried on with it. */
export type ReferenceFacts = {
  readonly faces: number;
  /** Something before a plain background, as shops photograph goods. */
  readonly isProduct: boolean;
  /** The same all over, as flat cloth and patterns are: no top and bottom, nothing that stands before anything. */
  readonly isPattern: boolean;
  /** Of a card of shades each patch, light to dark, as `#rrggbb`; none where somebody is seen, or nothing is flat. */
  readonly shades: readonly string[];
};

const studiedSide = 96;
const mostShades = 8;
/** Distances in OKLab, where one is black to white. */
const [sameShade, flat, sameAsPaper] = [0.07, 0.02, 0.06];
/** The grain of a patch, in pixels of what is looked at. */
const grain = 1.3;
/** A patch is at least this share of what is looked at. */
const leastPatch = 0.015;

/** Looks at a picture, or at the marked part of it. */
export async function studyReference(
  reference: Picture,
  region: LookRegion | null,
  models: Models,
): Promise<ReferenceFacts> {
  const faces = (await findFaces(models, reference)).filter(({ score }) => score >= sureScore).length;
  const marked = cutRegion(reference, region);
  const size = fitted(marked, Math.min(studiedSide, Math.max(marked.width, marked.height)));
  const { width, height, ...field } = labField(resizePicture(marked, size.width, size.height, 'smooth'));
  // Strands, brushwork and grain are the patch's own; what differs beyond them is its edge.
  const [L, a, b] = [field.L, field.a, field.b].map(
    (data) => gaussian({ width, height, data }, grain).data,
  ) as [Float32Array, Float32Array, Float32Array];
  type Lab = readonly [number, number, number];
  const at = (i: number): Lab => [L[i] as number, a[i] as number, b[i] as number];
  const apart = (one: Lab, other: Lab) =>
    Math.hypot(one[0] - other[0], 2 * (one[1] - other[1]), 2 * (one[2] - other[2]));
  const rim: number[] = [];
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) rim.push(i);
  }
  const middle = (of: Float32Array) =>
    rim.map((i) => of[i] as number).sort((one, other) => one - other)[rim.length >> 1] ?? 0;
  const paper: Lab = [middle(L), middle(a), middle(b)];
  const isPlainAround = rim.filter((i) => apart(at(i), paper) < sameAsPaper).length > 0.85 * rim.length;
  // Motifs strewn over a ground hardly cross its rim; a thing before a ground is not alike all over, shades on a card hardly.
  const asAlike = isPlainAround ? strewn : alike;
  const isPattern = faces === 0 && isAlikeAllOver({ width, height, ...field }, asAlike);
  const isProduct = isPlainAround && !isPattern;
  if (faces > 0) return { faces, isProduct, isPattern, shades: [] };

  const patches: { sum: [number, number, number]; count: number }[] = [];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const here = at(i);
      if (isProduct && apart(here, paper) < sameAsPaper) continue;
      if ([i - 1, i + 1, i - width, i + width].some((near) => apart(here, at(near)) > flat)) continue;
      const own = patches.find(({ sum, count }) => apart(here, scaled(sum, 1 / count)) < sameShade);
      if (!own) patches.push({ sum: [...here], count: 1 });
      else {
        for (const k of [0, 1, 2] as const) own.sum[k] += here[k];
        own.count += 1;
      }
    }
  const found = patches
    .filter(({ count }) => count >= leastPatch * width * height)
    .sort((one, other) => other.count - one.count)
    .slice(0, mostShades)
    .map(({ sum, count }) => scaled(sum, 1 / count))
    .sort((one, other) => other[0] - one[0]);
  return { faces, isProduct, isPattern, shades: found.length > 1 ? found.map(hexOf) : [] };
}

/** A pattern's parts differ from each other by so much of what they differ within themselves, in OKLab. */
const alike = { mean: 0.45, least: 0.02, most: 0.09 };
const strewn = { mean: 0.3, least: 0.05, most: 0.04 };
const parts = 3;

/** Whether each of nine parts has the colours of the whole, and there is something to be seen in it. */
function isAlikeAllOver({ width, height, L, a, b }: LabField, limits: typeof alike): boolean {
  const cells = Array.from({ length: parts * parts }, () => ({ n: 0, sum: [0, 0, 0], square: [0, 0, 0] }));
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const cell = cells[Math.floor((parts * y) / height) * parts + Math.floor((parts * x) / width)];
      if (!cell) continue;
      cell.n += 1;
      for (const [k, plane] of [L, a, b].entries()) {
        const value = (k === 0 ? 1 : 2) * (plane[i] as number);
        cell.sum[k] = (cell.sum[k] as number) + value;
        cell.square[k] = (cell.square[k] as number) + value * value;
      }
    }
  if (cells.some(({ n }) => n === 0)) return false;
  let [between, within] = [0, 0];
  for (const k of [0, 1, 2]) {
    const means = cells.map(({ n, sum }) => (sum[k] as number) / n);
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    between = Math.max(between, ...means.map((value) => Math.abs(value - mean)));
    within +=
      cells.reduce(
        (sum, { n, square }, c) => sum + (square[k] as number) / n - (means[c] as number) ** 2,
        0,
      ) / cells.length;
  }
  const spread = Math.sqrt(within);
  return spread > limits.least && between < Math.min(limits.most, limits.mean * spread);
}

function scaled([x, y, z]: readonly [number, number, number], by: number): [number, number, number] {
  return [x * by, y * by, z * by];
}

function hexOf(lab: [number, number, number]): string {
  const byte = (value: number) =>
    Math.round(255 * Math.min(1, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0');
  return `#${toRgb(lab).map(byte).join('')}`;
}
