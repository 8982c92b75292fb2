import type { Picture } from '../raster.ts';
import { toLab } from '../reference/oklab.ts';

/** A picture in OKLab, one plane each. */
export type LabField = {
  readonly width: number;
  readonly height: number;
  readonly L: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
};

/** Turns a picture into it. */
export function labField(picture: Picture): LabField {
  const { width, height, r } = picture;
  const [L, a, b] = [new Float32Array(r.length), new Float32Array(r.length), new Float32Array(r.length)];
  for (let i = 0; i < r.length; i++) {
    const lab = toLab(picture.r[i] as number, picture.g[i] as number, picture.b[i] as number);
    L[i] = lab[0];
    a[i] = lab[1];
    b[i] = lab[2];
  }
  return { width, height, L, a, b };
}
