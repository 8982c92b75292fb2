import { smoothstep } from '../raster.ts';

/** A screen of printing dots: how far apart they stand, in pixels, and how the rows are turned. */
export type Screen = { readonly cell: number; readonly cos: number; readonly sin: number };

/** A screen turned by an angle in degrees. */
export function screenAt(cell: number, degrees: number): Screen {
  const angle = (degrees * Math.PI) / 180;
  return { cell, cos: Math.cos(angle), sin: Math.sin(angle) };
}

/** How much ink a screen prints at a pixel for a tone of `dark`, 0 to 1, with edges one pixel soft. */
export function dotInk(screen: Screen, x: number, y: number, dark: number): number {
  if (dark <= 0.004) return 0;
  const u = (x * screen.cos + y * screen.sin) / screen.cell;
  const v = (y * screen.cos - x * screen.sin) / screen.cell;
  // A rosette of cosines gives round dots in the lights, squares in the middle and round holes in the darks.
  const wave = (Math.cos(2 * Math.PI * u) + Math.cos(2 * Math.PI * v)) * 0.25 + 0.5;
  const level = 1 - cover(dark);
  const soft = 1.6 / screen.cell;
  return smoothstep(level - soft, level + soft, wave);
}

/** The level at which the rosette covers just this share of the paper. */
function cover(dark: number): number {
  if (dark >= 0.996) return 1.2;
  // Measured over one cell; the rosette covers little at its ends, so tones are spread towards them.
  const centred = dark * 2 - 1;
  return 0.5 + 0.5 * Math.sign(centred) * Math.abs(centred) ** 1.25 * 0.985;
}
