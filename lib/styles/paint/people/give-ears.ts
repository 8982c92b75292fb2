import type { Head } from '../parts/head.ts';
import type { LabField } from '../parts/lab-field.ts';
import { eachPiece } from '../parts/pieces.ts';
import type { Plane } from '../raster.ts';

/** Ears lie beside a head, so far from the middle of the face to the sides and between eyes and mouth, in its heights; */
const ear = { from: 0.3, to: 0.68, above: -0.32, below: 0.26 };
/** a smaller piece is none, and a larger one a hand or the wall, in squares of the face's height. */
const size = { least: 0.01, most: 0.07 };
/** In OKLab, light counted less: so like the skin of the face, and by this share nearer to it than to what is beside the head. */
const like = { light: 0.4, most: 0.03, share: 0.5 };
/** Of a real ear the network has seen something. */
const leastSeen = 0.1;
/** The hollow of an ear lies in its own shade: gaps as narrow as this are closed, in heights of the face. */
const hollow = 0.05;
/** Of a face of fewer pixels no ear is seen. */
const leastFace = 24;
/** So many places of the face and of what is behind it are compared with. */
const mostSamples = 64;

/**
 * Gives heads the ears that the network took for what is behind: what lies beside the face, hangs together with somebody, and is
 * much more like the skin of the face than like anything beside the head. `seen` is the mask at the field's size, `change` what is
 * to be added to it; `scale` makes the heads' pixels the field's.
 */
export function giveEars(
  field: LabField,
  seen: Plane,
  change: Plane,
  heads: readonly Head[],
  scale: number,
): void {
  for (const head of heads) {
    const unit = head.unit * scale;
    if (unit >= leastFace) giveEarsTo(field, seen.data, change.data, head.x * scale, head.y * scale, unit);
  }
}

function giveEarsTo(
  field: LabField,
  seen: Float32Array,
  change: Float32Array,
  x0: number,
  y0: number,
  unit: number,
): void {
  const { width, height } = field;
  const [skin, behind, asked]: [number[], number[], number[]] = [[], [], []];
  for (let y = Math.max(0, Math.ceil(y0 - 0.5 * unit)); y < Math.min(height, y0 + 0.5 * unit); y++)
    for (let x = Math.max(0, Math.ceil(x0 - 1.2 * unit)); x < Math.min(width, x0 + 1.2 * unit); x++) {
      const [u, v, i] = [(x - x0) / unit, (y - y0) / unit, y * width + x];
      const isSomebody = (seen[i] as number) >= 0.5;
      if (Math.hypot(u / 0.28, (v - 0.08) / 0.32) < 1) {
        if (isSomebody) skin.push(i);
      } else if (isSomebody || Math.abs(u) < ear.from) continue;
      else if (Math.abs(u) > ear.to) behind.push(i);
      else if (v > ear.above && v < ear.below) asked.push(i);
    }
  if (skin.length < leastFace || behind.length < leastFace) return;
  const [skins, others] = [evenly(skin), evenly(behind)];
  const isEar = new Uint8Array(seen.length);
  for (const i of asked) {
    const toSkin = unlike(field, skins, i);
    if (toSkin < like.most && toSkin < like.share * unlike(field, others, i)) isEar[i] = 1;
  }
  const isTheirs = (i: number) => isEar[i] === 1 || (seen[i] ?? 0) >= 0.5;
  const wide = Math.max(1, Math.round(hollow * unit));
  for (const i of asked.filter((i) => isBetween(isTheirs, i, 1, wide) || isBetween(isTheirs, i, width, wide)))
    isEar[i] = 1;
  eachPiece(
    width,
    height,
    (i) => isEar[i] === 1,
    (piece) => {
      const area = piece.length / (unit * unit);
      const beside = (i: number) => [i - 1, i + 1, i - width, i + width].some((j) => (seen[j] ?? 0) >= 0.5);
      const doubt = piece.reduce((sum, i) => sum + (seen[i] as number), 0) / piece.length;
      if (area > size.least && area < size.most && doubt > leastSeen && piece.some(beside))
        for (const i of piece) change[i] = 1 - (seen[i] as number);
    },
  );
}

/** Whether something lies on both sides of a place, in steps of so many places and so many steps away at most. */
function isBetween(isThere: (i: number) => boolean, at: number, step: number, most: number): boolean {
  let [before, after] = [false, false];
  for (let k = 1; k <= most; k++) {
    before ||= isThere(at - k * step);
    after ||= isThere(at + k * step);
  }
  return before && after;
}

function evenly(places: readonly number[]): number[] {
  const step = Math.ceil(places.length / mostSamples);
  return places.filter((_, k) => k % step === 0);
}

/** How unlike a place is the few samples that it is most like. */
function unlike({ L, a, b }: LabField, samples: readonly number[], i: number): number {
  let [first, second, third] = [Infinity, Infinity, Infinity];
  for (let n = 0; n < samples.length; n++) {
    const j = samples[n] as number;
    const light = like.light * ((L[i] as number) - (L[j] as number));
    const [da, db] = [(a[i] as number) - (a[j] as number), (b[i] as number) - (b[j] as number)];
    const d = light * light + da * da + db * db;
    if (d >= third) continue;
    if (d < first) [first, second, third] = [d, first, second];
    else if (d < second) [second, third] = [d, second];
    else third = d;
  }
  return (Math.sqrt(first) + Math.sqrt(second) + Math.sqrt(third)) / 3;
}
