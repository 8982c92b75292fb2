import { gaussian } from '../kernels/gaussian.ts';
import { filmGrain, lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { clamp, mix, newPicture, newPlane, type Picture, type Plane } from '../raster.ts';
import type { Scene } from '../scene.ts';

const curve = toneTable([
  [0, 0.012],
  [0.16, 0.07],
  [0.36, 0.27],
  [0.58, 0.6],
  [0.8, 0.87],
  [1, 0.985],
]);

/** Black and white with weight: skin kept luminous, texture brought up, the room falling into shadow. */
export function noir({ photo, person, unit, white }: Scene): Picture {
  const { width, height } = photo;
  const light = newPlane(width, height);
  for (let i = 0; i < light.data.length; i++) {
    // Like an orange filter on film: skin and lips lighter, blue cloth and skies darker.
    light.data[i] =
      0.46 * (photo.r[i] as number) + 0.42 * (photo.g[i] as number) + 0.12 * (photo.b[i] as number);
  }
  const shape = guidedFilter(light, light, { sigma: 9 * unit, epsilon: 0.006 });
  const grain = filmGrain(width, height, Math.max(0.9, 1.15 * unit), 23);
  const fall = person ? gaussian(person, 1.2 * unit) : null;
  const exposure = exposureFor(shape, fall);
  const corners = 0.62 * (1 - white);
  const away = mix(0.55, 1, white);
  const out = newPicture(width, height);
  for (let i = 0; i < light.data.length; i++) {
    const base = shape.data[i] as number;
    const detail = (light.data[i] as number) - base;
    const front = fall ? mix(away, 1, fall.data[i] as number) : 1;
    const dim = vignetteAt(i % width, (i / width) | 0, width, height, corners);
    const tone = lookUp(curve, (base * exposure + detail * 1.5) * front * dim);
    const value = tone + (grain.data[i] as number) * 0.055 * (0.35 + 1.9 * tone * (1 - tone));
    // A trace of selenium: cool in the depths, warm in the light.
    out.r[i] = value * (1 + 0.012 * (tone - 0.4));
    out.g[i] = value * 0.998;
    out.b[i] = value * (1 - 0.03 * (tone - 0.45));
  }
  return out;
}

/** How light the lighter parts of the people in the picture should be: the room may go dark, skin may not. */
const lightSkin = 0.7;

/** What to multiply the large shapes of light by; never less than one, and a night stays a night. */
function exposureFor(shape: Plane, person: Plane | null): number {
  const seen: number[] = [];
  for (let i = 0; i < shape.data.length; i += 61)
    if (!person || (person.data[i] as number) > 0.6) seen.push(shape.data[i] as number);
  seen.sort((one, two) => one - two);
  const light = seen[Math.floor(seen.length * 0.8)] ?? lightSkin;
  return clamp(lightSkin / Math.max(0.05, light), 1, 1.3);
}
