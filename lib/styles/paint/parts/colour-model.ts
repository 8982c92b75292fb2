/** How often each colour is met in a class: a blurred histogram over OKLab. */
export type ColourModel = Float32Array;

const bins = 18;
const cells = bins ** 3;

/** The cell of each colour, to be looked up many times. */
export function colourCells(L: Float32Array, a: Float32Array, b: Float32Array): Uint16Array {
  const out = new Uint16Array(L.length);
  const at = (value: number, low: number, high: number) =>
    Math.min(bins - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * bins)));
  for (let i = 0; i < out.length; i++) {
    const one = at(L[i] as number, 0, 1);
    const two = at(a[i] as number, -0.14, 0.2);
    const three = at(b[i] as number, -0.18, 0.18);
    out[i] = (one * bins + two) * bins + three;
  }
  return out;
}

/** Learns a class's colours from how much each pixel belongs to it. */
export function learnColours(where: Uint16Array, weight: Float32Array): ColourModel {
  let counts = new Float32Array(cells);
  for (let i = 0; i < where.length; i++) {
    const cell = where[i] as number;
    counts[cell] = (counts[cell] as number) + (weight[i] as number);
  }
  for (const step of [1, bins, bins * bins]) counts = blurAlong(counts, step);
  let sum = 0;
  for (const count of counts) sum += count;
  const floor = 0.1 / cells;
  for (let i = 0; i < cells; i++) counts[i] = Math.log((counts[i] as number) / Math.max(1e-6, sum) + floor);
  return counts;
}

function blurAlong(from: Float32Array, step: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(cells);
  for (let i = 0; i < cells; i++) {
    const place = Math.floor(i / step) % bins;
    const before = place > 0 ? (from[i - step] as number) : (from[i] as number);
    const after = place < bins - 1 ? (from[i + step] as number) : (from[i] as number);
    out[i] = 0.5 * (from[i] as number) + 0.25 * (before + after);
  }
  return out;
}
