import { filmGrain, lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { lensBlur } from '../kernels/lens-blur.ts';
import { clamp01, mix, newPicture, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';

const curve = toneTable([
  [0, 0.01],
  [0.25, 0.21],
  [0.5, 0.51],
  [0.75, 0.79],
  [1, 0.99],
]);

/** The person in full colour before a quiet, cool grey world; without one, the photo's leading colour stays. */
export function splash({ photo, unit, person, white }: Scene): Picture {
  const { width, height } = photo;
  const keep = person ?? leadingColour(photo);
  const behind = person ? lensBlur(photo, person, 4.5 * unit) : photo;
  const grain = filmGrain(width, height, Math.max(0.8, unit), 61).data;
  const corners = 0.4 * (1 - white);
  const dimmed = person ? mix(0.84, 1, white) : 0.95;
  const out = newPicture(width, height);
  for (let i = 0; i < keep.data.length; i++) {
    // What is half somebody's would be a coloured haze over things beside them.
    const front = person ? smoothstep(0.3, 0.85, keep.data[i] as number) : (keep.data[i] as number);
    const [r, g, b] = [photo.r[i] as number, photo.g[i] as number, photo.b[i] as number];
    const dim = vignetteAt(i % width, (i / width) | 0, width, height, corners);
    const away =
      0.26 * (behind.r[i] as number) + 0.62 * (behind.g[i] as number) + 0.12 * (behind.b[i] as number);
    const grey = lookUp(curve, away) * dimmed * dim + (grain[i] as number) * 0.035;
    const tone = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const gain = lookUp(curve, tone) / Math.max(0.03, tone);
    out.r[i] = mix(grey * 0.975, (tone + (r - tone) * 1.16) * gain, front);
    out.g[i] = mix(grey * 0.995, (tone + (g - tone) * 1.16) * gain, front);
    out.b[i] = mix(grey * 1.035, (tone + (b - tone) * 1.16) * gain, front);
  }
  return out;
}

/** Where the most telling hue of a photo is: the one with most strong colour in it. */
function leadingColour(photo: Picture): Plane {
  const votes = new Float32Array(36);
  const each = (i: number) => {
    const [r, g, b] = [photo.r[i] as number, photo.g[i] as number, photo.b[i] as number];
    const high = Math.max(r, g, b);
    const chroma = high - Math.min(r, g, b);
    if (chroma < 1e-4) return { hue: 0, strength: 0 };
    const turn = high === r ? (g - b) / chroma : high === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
    return { hue: ((turn + 6) % 6) / 6, strength: chroma * Math.sqrt(high) };
  };
  for (let i = 0; i < photo.r.length; i += 7) {
    const { hue, strength } = each(i);
    const at = Math.floor(hue * 36) % 36;
    votes[at] = (votes[at] as number) + Math.max(0, strength - 0.12);
  }
  const around = Array.from(votes, (_, k) => {
    let sum = 0;
    for (let d = -2; d <= 2; d++) sum += votes[(k + d + 36) % 36] as number;
    return sum;
  });
  const best = (around.indexOf(Math.max(...around)) + 0.5) / 36;
  const out = newPlane(photo.width, photo.height);
  for (let i = 0; i < out.data.length; i++) {
    const { hue, strength } = each(i);
    const apart = Math.abs(((hue - best + 1.5) % 1) - 0.5);
    out.data[i] = (1 - smoothstep(0.07, 0.14, apart)) * clamp01(smoothstep(0.05, 0.2, strength));
  }
  return out;
}
