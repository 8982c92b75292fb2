import { newPlane, type Plane } from '../raster.ts';
import { gaussian } from './gaussian.ts';
import { hashNoise } from './random.ts';

const side = 512;
const made = new Map<string, Plane>();

/** A square of paper that repeats without a seam, its height from 0 (a pit) to 1 (a peak). */
export function paperTile(kind: 'tooth' | 'rough', unit: number): Plane {
  const size = Math.round(Math.max(0.7, unit) * 4) / 4;
  const key = `${kind} ${size}`;
  let tile = made.get(key);
  if (!tile) {
    tile = makeTile(kind, size);
    if (made.size > 6) made.clear();
    made.set(key, tile);
  }
  return tile;
}

/** The height of the paper at a pixel. */
export function paperAt(tile: Plane, x: number, y: number): number {
  return tile.data[(y & (side - 1)) * side + (x & (side - 1))] as number;
}

function makeTile(kind: 'tooth' | 'rough', size: number): Plane {
  const layers =
    kind === 'tooth'
      ? [noise(0.8 * size, 41, 1), noise(1.6 * size, 42, 0.6)]
      : [noise(1 * size, 51, 0.5), noise(2.6 * size, 52, 1), noise(7 * size, 53, 0.9)];
  const tile = newPlane(side, side);
  for (const layer of layers) {
    for (let i = 0; i < tile.data.length; i++) tile.data[i] = (tile.data[i] as number) + (layer[i] as number);
  }
  const sorted = Float32Array.from(tile.data).sort();
  const low = sorted[Math.floor(sorted.length * 0.01)] as number;
  const high = sorted[Math.floor(sorted.length * 0.99)] as number;
  for (let i = 0; i < tile.data.length; i++) {
    tile.data[i] = Math.min(1, Math.max(0, ((tile.data[i] as number) - low) / (high - low)));
  }
  return tile;
}

/** Noise blurred across its own borders, scaled to the same strength whatever the blur. */
function noise(sigma: number, seed: number, strength: number): Float32Array {
  const margin = Math.ceil(sigma * 4);
  const wide = side + 2 * margin;
  const plane = newPlane(wide, wide);
  for (let y = 0, i = 0; y < wide; y++) {
    for (let x = 0; x < wide; x++, i++) {
      plane.data[i] = hashNoise((x - margin) & (side - 1), (y - margin) & (side - 1), seed) - 0.5;
    }
  }
  const soft = gaussian(plane, sigma).data;
  const out = new Float32Array(side * side);
  let power = 0;
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      const value = soft[(y + margin) * wide + x + margin] as number;
      out[i] = value;
      power += value * value;
    }
  }
  const scale = strength / Math.sqrt(power / out.length + 1e-12);
  return out.map((value) => value * scale);
}
