import { eachRow, eachRun } from '../each-row.ts';
import { letGo, newPlane, type Plane } from '../raster.ts';
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
    eachRow(lattice.height, noiseRow, { lattice, seed: seed + octave });
    const soft = resize(lattice, columns, rows, 'crisp').data;
    eachRun(soft.length, addRun, { sum: sum.data, soft, strength });
    letGo(lattice, soft);
    strength *= 0.5;
  }
  const out = resize(sum, width, height, 'smooth');
  letGo(sum);
  eachRun(out.data.length, clampRun, out.data);
  return out;
}

function noiseRow({ lattice, seed }: { lattice: Plane; seed: number }, y: number): void {
  const { width, data } = lattice;
  for (let x = 0, i = y * width; x < width; x++, i++) data[i] = hashNoise(x, y, seed);
}

type Octave = { readonly sum: Float32Array; readonly soft: Float32Array; readonly strength: number };

function addRun({ sum, soft, strength }: Octave, from: number, to: number): void {
  for (let i = from; i < to; i++) sum[i] = (sum[i] as number) + strength * (soft[i] as number);
}

function clampRun(data: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const value = data[i] as number;
    data[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
}
