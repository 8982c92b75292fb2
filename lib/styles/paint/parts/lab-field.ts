import type { Picture } from '../raster.ts';
import { labRow } from '../reference/oklab.ts';

/** A picture in OKLab, one plane each. */
export type LabField = {
  readonly width: number;
  readonly height: number;
  readonly L: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
};

/** With how much light and dark lie side by side at each place, 0 to 1. */
export type GrainField = LabField & { readonly grain: Float32Array };

/** Turns a picture into it. */
export function labField(picture: Picture): LabField {
  const { width, height, r } = picture;
  const [L, a, b] = [new Float32Array(r.length), new Float32Array(r.length), new Float32Array(r.length)];
  for (let from = 0; from < r.length; from += width) labRow(picture, L, a, b, from, from + width);
  return { width, height, L, a, b };
}
