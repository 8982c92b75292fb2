import type { Grade } from '../grades/band.ts';
import { type GradedBand, gradeRows } from '../grades/graded-rows.ts';
import { type EnlargedRows, enlargedRows, type Line } from '../kernels/enlarge-rows.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { fitted, resize } from '../kernels/resize.ts';
import { clamp01, letGo, mix, type Picture, type Plane, type Size, smoothstep } from '../raster.ts';

const curve = toneTable([
  [0, 0.01],
  [0.25, 0.21],
  [0.5, 0.51],
  [0.75, 0.79],
  [1, 0.99],
]);

/** The person in full colour before a quiet, cool grey world; without one, the photo's leading colour stays. */
export const splash: Grade = (scene, size) => {
  const kept = scene.person ? null : leadingColour(scene.photo);
  const opening = { grain: [1, 0.8, 61], corners: 0.4, away: 0.84, blur: 4.5, row: splashRow } as const;
  return gradeRows(scene, size, opening, { kept, insides: scene.person && insidesOf(scene.person, size) });
};

type Splashed = {
  readonly kept: ((r: number, g: number, b: number) => number) | null;
  /** Lines of how far inside of somebody each place lies: 1 from a few units on, a half at their outline. */
  readonly insides: EnlargedRows | null;
};

/** As wide as the colour behind somebody spills onto them (a lens, a JPEG's coarse colours), in shares of the longest side. */
const spill = 0.003;

function insidesOf(person: Plane, { width, height }: Size): EnlargedRows {
  const small = fitted(person, Math.min(512, Math.max(person.width, person.height)));
  const mask = resize(person, small.width, small.height);
  const soft = gaussian(mask, Math.max(0.6, spill * Math.max(small.width, small.height)));
  letGo(mask);
  return enlargedRows(soft, width, height);
}

function splashRow(of: GradedBand & Splashed, row: number): void {
  const { top, red, green, blue, mask, backdrop, insides, kept, noises, width, height, corners } = of;
  const dimmed = kept ? 0.95 : of.away;
  const y = top + row;
  const blurred = backdrop?.(y);
  const inside = mask && insides?.(y);
  for (let x = 0, i = row * width; x < width; x++, i++) {
    // What is half somebody's would be a coloured haze over things beside them.
    const front = mask
      ? smoothstep(0.3, 0.85, mask[i] as number)
      : (kept?.(red[i] as number, green[i] as number, blue[i] as number) ?? 1);
    const dim = vignetteAt(x, y, width, height, corners);
    const away = blurred
      ? 0.26 * (blurred[0][x] as number) + 0.62 * (blurred[1][x] as number) + 0.12 * (blurred[2][x] as number)
      : 0.26 * (red[i] as number) + 0.62 * (green[i] as number) + 0.12 * (blue[i] as number);
    const grey = lookUp(curve, away) * dimmed * dim + (noises[i] as number) * 0.035;
    const rim = inside ? 1 - smoothstep(0.6, 0.97, inside[x] as number) : 0;
    if (blurred && rim > 0 && front > 0) takeSpill(of, i, blurred, x, rim);
    const r = red[i] as number;
    const g = green[i] as number;
    const b = blue[i] as number;
    const tone = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const gain = lookUp(curve, tone) / Math.max(0.03, tone);
    red[i] = mix(grey * 0.975, (tone + (r - tone) * 1.16) * gain, front);
    green[i] = mix(grey * 0.995, (tone + (g - tone) * 1.16) * gain, front);
    blue[i] = mix(grey * 1.035, (tone + (b - tone) * 1.16) * gain, front);
  }
}

/** Takes as much of the hue behind somebody out of a pixel at their outline as is in it. */
function takeSpill(
  { red, green, blue }: GradedBand,
  i: number,
  [r, g, b]: Line,
  x: number,
  rim: number,
): void {
  const behind = 0.2126 * (r[x] as number) + 0.7152 * (g[x] as number) + 0.0722 * (b[x] as number);
  const qr = (r[x] as number) - behind;
  const qg = (g[x] as number) - behind;
  const qb = (b[x] as number) - behind;
  const strength = qr * qr + qg * qg + qb * qb;
  const own = 0.2126 * (red[i] as number) + 0.7152 * (green[i] as number) + 0.0722 * (blue[i] as number);
  const along =
    ((red[i] as number) - own) * qr + ((green[i] as number) - own) * qg + ((blue[i] as number) - own) * qb;
  const taken = rim * smoothstep(0.005, 0.04, strength) * Math.max(0, Math.min(1, along / (strength + 1e-6)));
  red[i] = (red[i] as number) - taken * qr;
  green[i] = (green[i] as number) - taken * qg;
  blue[i] = (blue[i] as number) - taken * qb;
}

/** How much of it is the most telling hue of a photo (the one with most strong colour in it), for any of its colours. */
function leadingColour(photo: Picture): (r: number, g: number, b: number) => number {
  const votes = new Float32Array(36);
  for (let i = 0; i < photo.r.length; i += 7) {
    const { hue, strength } = hueOf(photo.r[i] as number, photo.g[i] as number, photo.b[i] as number);
    const at = Math.floor(hue * 36) % 36;
    votes[at] = (votes[at] as number) + Math.max(0, strength - 0.12);
  }
  const around = Array.from(votes, (_, k) => {
    let sum = 0;
    for (let d = -2; d <= 2; d++) sum += votes[(k + d + 36) % 36] as number;
    return sum;
  });
  const best = (around.indexOf(Math.max(...around)) + 0.5) / 36;
  return (r, g, b) => {
    const { hue, strength } = hueOf(r, g, b);
    const apart = Math.abs(((hue - best + 1.5) % 1) - 0.5);
    return (1 - smoothstep(0.07, 0.14, apart)) * clamp01(smoothstep(0.05, 0.2, strength));
  };
}

/** Hue from 0 to 1, and how strong the colour is. */
function hueOf(r: number, g: number, b: number): { hue: number; strength: number } {
  const high = Math.max(r, g, b);
  const chroma = high - Math.min(r, g, b);
  if (chroma < 1e-4) return { hue: 0, strength: 0 };
  const turn = high === r ? (g - b) / chroma : high === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return { hue: ((turn + 6) % 6) / 6, strength: chroma * Math.sqrt(high) };
}
