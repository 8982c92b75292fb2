import { seededRandom } from '../kernels/random.ts';
import { tabled } from '../kernels/tabled.ts';
import { clamp, newPlane, type Picture, type Plane } from '../raster.ts';
import { labInto, toLab } from '../reference/oklab.ts';

type Colour = [number, number, number];
const mostColours = 5;

/**
 * How light lies on a garment: 1 where it is lit as its cloth usually is, less in folds, more where it shines.
 * What the garment is dyed or printed in is taken out: its colours are found, and each is measured against itself.
 * Outside of `mask` the field is 1.
 */
export function garmentLight(photo: Picture, mask: Plane): Plane {
  const { width, height } = photo;
  const out = newPlane(width, height, 1);
  const colours = coloursOf(photo, mask);
  if (colours.length === 0) return out;
  const each = Float64Array.from(colours.flatMap(({ at, light }) => [...at, light]));
  for (let y = 0; y < height; y++) lightRow(photo, mask, each, y * width, out);
  return out;
}

const found = new Float64Array(3);
/** How much a colour so far away counts. */
const alike = tabled((d) => Math.exp(-d / 0.006));

/** One row; `colours` are four numbers each: where a colour lies, and its usual light. */
function lightRow(photo: Picture, mask: Plane, colours: Float64Array, from: number, out: Plane): void {
  for (let i = from; i < from + mask.width; i++) {
    if ((mask.data[i] as number) < 0.02) continue;
    labInto(photo.r[i] as number, photo.g[i] as number, photo.b[i] as number, found);
    const L = found[0] as number;
    const a = found[1] as number;
    const b = found[2] as number;
    let total = 0;
    let usual = 0;
    for (let k = 0; k < colours.length; k += 4) {
      const dl = L - (colours[k] as number);
      const da = a - (colours[k + 1] as number);
      const db = b - (colours[k + 2] as number);
      const d = 0.5 * dl * dl + 4 * (da * da + db * db);
      // Farther away there is less left of it than what every colour has.
      const w = (d < 0.1 ? alike(d) : 0) + 1e-7;
      total += w;
      usual += w * (colours[k + 3] as number);
    }
    const ratio = (L + 0.02) / (usual / total + 0.02);
    out.data[i] = clamp(ratio * ratio * ratio, 0.05, 4);
  }
}

function apart(L: number, a: number, b: number, [l2, a2, b2]: Colour): number {
  return 0.5 * (L - l2) ** 2 + 4 * ((a - a2) ** 2 + (b - b2) ** 2);
}

/** The garment's own colours, each with its usual lightness; light and shade of one cloth count as one. */
function coloursOf(photo: Picture, mask: Plane): { at: Colour; light: number }[] {
  const random = seededRandom(17);
  const samples: Colour[] = [];
  const count = mask.data.length;
  for (let k = 0; k < 40_000 && samples.length < 1500; k++) {
    const i = Math.floor(random() * count);
    if ((mask.data[i] as number) > 0.8)
      samples.push(toLab(photo.r[i] as number, photo.g[i] as number, photo.b[i] as number));
  }
  if (samples.length < 30) return [];
  const centres = cluster(samples);
  const group = mergeShades(centres.map(({ at }) => at));
  return centres.map(({ at }, k) => {
    const alike = centres.filter((_, j) => group[j] === group[k]);
    const lights = alike.flatMap(({ members }) => members.map(([L]) => L)).sort((one, two) => one - two);
    return { at, light: lights[Math.floor(lights.length * 0.6)] as number };
  });
}

function cluster(samples: readonly Colour[]): { at: Colour; members: Colour[] }[] {
  // Farthest points first, then a few rounds of means.
  let centres: Colour[] = [samples[0] as Colour];
  while (centres.length < mostColours) {
    let [best, most] = [samples[0] as Colour, -1];
    for (const sample of samples) {
      const d = Math.min(...centres.map((at) => apart(...sample, at)));
      if (d > most) [best, most] = [sample, d];
    }
    centres.push(best);
  }
  let members: Colour[][] = [];
  for (let round = 0; round < 6; round++) {
    members = centres.map(() => []);
    for (const sample of samples) {
      let [best, least] = [0, Infinity];
      centres.forEach((at, k) => {
        const d = apart(...sample, at);
        if (d < least) [best, least] = [k, d];
      });
      members[best]?.push(sample);
    }
    centres = centres.map((at, k) => {
      const own = members[k] ?? [];
      if (own.length === 0) return at;
      const mean = (c: 0 | 1 | 2) => own.reduce((sum, one) => sum + one[c], 0) / own.length;
      return [mean(0), mean(1), mean(2)];
    });
  }
  return centres
    .map((at, k) => ({ at, members: members[k] ?? [] }))
    .filter(({ members: own }) => own.length >= samples.length * 0.015);
}

/** Numbers groups of colours that one cloth may have in light and in shade: colour fades as light does. */
function mergeShades(colours: readonly Colour[]): number[] {
  const group = colours.map((_, k) => k);
  colours.forEach((one, j) => {
    colours.forEach((two, k) => {
      if (k <= j) return;
      const [bright, dark] = one[0] > two[0] ? [one, two] : [two, one];
      const fade = (dark[0] + 0.05) / (bright[0] + 0.05);
      const off = Math.hypot(bright[1] * fade - dark[1], bright[2] * fade - dark[2]);
      if (bright[0] - dark[0] > 0.32 || off > 0.028) return;
      const [from, to] = [group[k] as number, group[j] as number];
      group.forEach((g, i) => {
        if (g === from) group[i] = to;
      });
    });
  });
  return group;
}
