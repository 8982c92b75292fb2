import { hashNoise } from '../kernels/random.ts';

/** The marks a brush leaves: rows run along the stroke, 0 is a gap between bristles, 1 a full ridge. */
export const brushLength = 256;
export const brushWidth = 64;

let made: Float32Array | undefined;

/** Streaks of bristles, long along the stroke and fine across it; made once for every thread. */
export function brushMarks(): Float32Array {
  made ??= makeMarks();
  return made;
}

function makeMarks(): Float32Array {
  const marks = new Float32Array(brushLength * brushWidth);
  for (let v = 0; v < brushWidth; v++) {
    for (let u = 0; u < brushLength; u++) {
      // Bristles wander a little to the side on their way.
      const drift = 1.6 * Math.sin(u * 0.021 + 1.3) + 0.8 * Math.sin(u * 0.055);
      const fine = streak(u / 42, v * 0.9 + drift, 3);
      const wide = streak(u / 90, v * 0.28 + drift * 0.3, 5);
      const grain = hashNoise(u, v, 9);
      marks[v * brushLength + u] = 0.5 * fine + 0.4 * wide + 0.1 * grain;
    }
  }
  const sorted = Float32Array.from(marks).sort();
  const [low, high] = [
    sorted[Math.floor(sorted.length * 0.04)] as number,
    sorted[Math.floor(sorted.length * 0.96)] as number,
  ];
  return marks.map((mark) => Math.min(1, Math.max(0, (mark - low) / (high - low))));
}

/** Smooth noise over a lattice that wraps along the stroke. */
function streak(u: number, v: number, seed: number): number {
  const [u0, v0] = [Math.floor(u), Math.floor(v)];
  const [fu, fv] = [u - u0, v - v0];
  const [su, sv] = [fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)];
  const top = hashNoise(u0, v0, seed) * (1 - su) + hashNoise(u0 + 1, v0, seed) * su;
  const bottom = hashNoise(u0, v0 + 1, seed) * (1 - su) + hashNoise(u0 + 1, v0 + 1, seed) * su;
  return top * (1 - sv) + bottom * sv;
}
