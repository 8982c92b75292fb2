import { eachRow } from '../each-row.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { letGo, type Picture, type Plane, smoothstep } from '../raster.ts';

/**
 * Lights thick paint from the upper left, in place: ridges catch light, grooves fall into shade. (Hertzmann: Fast Paint
 * Texture, NPAR 2002.)
 */
export function lightPaint(
  colour: Picture,
  thickness: Plane,
  options: { strength: number; shine: number; smooth: number; calm?: Plane },
): void {
  const { height } = colour;
  const relief = gaussian(thickness, options.smooth).data;
  eachRow(height, lightRow, {
    colour,
    relief,
    calm: options.calm,
    strength: options.strength,
    shine: options.shine,
  });
  letGo(relief);
}

type Lit = {
  readonly colour: Picture;
  readonly relief: Float32Array;
  readonly calm: Plane | undefined;
  readonly strength: number;
  readonly shine: number;
};

function lightRow({ colour, relief, calm: calmer, strength, shine }: Lit, y: number): void {
  const { width, height } = colour;
  const up = y > 0 ? -width : 0;
  const down = y < height - 1 ? width : 0;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const left = relief[x > 0 ? i - 1 : i] as number;
    const right = relief[x < width - 1 ? i + 1 : i] as number;
    const slope = 0.6 * (right - left) + 0.8 * ((relief[i + down] as number) - (relief[i + up] as number));
    const calm = calmer ? 1 - (calmer.data[i] as number) : 1;
    const lit = Math.max(-0.32, Math.min(0.32, slope * strength * calm));
    const gleam = shine * calm * smoothstep(0.09, 0.32, lit);
    const shade = 1 + lit * (lit < 0 ? 0.95 : 0.75);
    colour.r[i] = (colour.r[i] as number) * shade + gleam;
    colour.g[i] = (colour.g[i] as number) * shade + gleam;
    colour.b[i] = (colour.b[i] as number) * shade + gleam * 0.96;
  }
}
