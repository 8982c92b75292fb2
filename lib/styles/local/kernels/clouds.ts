import { newPlane, type Plane } from '../raster.ts';
import { hashNoise } from './random.ts';
import { resize } from './resize.ts';

/** Soft noise from 0 to 1 whose spots are about `size` pixels wide, with some finer noise in it. */
export function clouds(width: number, height: number, size: number, seed: number): Plane {
  const out = newPlane(width, height);
  let strength = 0.58;
  for (let octave = 0; octave < 3; octave++) {
    const cell = Math.max(1, size / 2 ** octave);
    const columns = Math.max(2, Math.ceil(width / cell) + 1);
    const rows = Math.max(2, Math.ceil(height / cell) + 1);
    const lattice = newPlane(columns, rows);
    for (let y = 0, i = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++, i++) lattice.data[i] = hashNoise(x, y, seed + octave);
    }
    const soft = resize(lattice, width, height, 'crisp').data;
    for (let i = 0; i < soft.length; i++) {
      out.data[i] = (out.data[i] as number) + strength * (soft[i] as number);
    }
    strength *= 0.5;
  }
  for (let i = 0; i < out.data.length; i++) {
    const value = ((out.data[i] as number) - 0.5) * 1.15 + 0.5;
    out.data[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
  return out;
}
