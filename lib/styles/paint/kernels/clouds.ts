import { newPlane, type Plane } from '../raster.ts';
import { hashNoise } from './random.ts';
import { resize } from './resize.ts';

/** Soft noise from 0 to 1 whose spots are about `size` pixels wide, with some finer noise in it. */
export function clouds(width: number, height: number, size: number, seed: number): Plane {
  // The octaves are laid together on a small grid that still shows the finest, and enlarged once.
  const grid = Math.max(1, size / 10);
  const columns = Math.max(1, Math.ceil(width / grid));
  const rows = Math.max(1, Math.ceil(height / grid));
  const sum = newPlane(columns, rows, -0.075);
  let strength = 0.66;
  for (let octave = 0; octave < 3; octave++) {
    const cell = Math.max(1, size / grid / 2 ** octave);
    const lattice = newPlane(Math.ceil(columns / cell) + 1, Math.ceil(rows / cell) + 1);
    for (let y = 0, i = 0; y < lattice.height; y++) {
      for (let x = 0; x < lattice.width; x++, i++) lattice.data[i] = hashNoise(x, y, seed + octave);
    }
    const soft = resize(lattice, columns, rows, 'crisp').data;
    for (let i = 0; i < soft.length; i++) {
      sum.data[i] = (sum.data[i] as number) + strength * (soft[i] as number);
    }
    strength *= 0.5;
  }
  const out = resize(sum, width, height, 'smooth');
  for (let i = 0; i < out.data.length; i++) {
    const value = out.data[i] as number;
    out.data[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
  return out;
}
