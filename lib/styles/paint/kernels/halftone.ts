/** A screen of printing dots: how far apart they stand, in pixels, and how the rows are turned. */
export type Screen = { readonly cell: number; readonly cos: number; readonly sin: number };

/** A screen turned by an angle in degrees. */
export function screenAt(cell: number, degrees: number): Screen {
  const angle = (degrees * Math.PI) / 180;
  return { cell, cos: Math.cos(angle), sin: Math.sin(angle) };
}

const steps = 1024;
const waves = Float32Array.from({ length: steps }, (_, k) => Math.cos((2 * Math.PI * k) / steps) * 0.25);

/**
 * For each tone the level above which the rosette of dots carries ink, so that just that share of the
 * paper is covered. The rosette covers little at its ends, so tones are spread towards them.
 */
const levels = Float32Array.from({ length: 257 }, (_, k) => {
  const centred = (k / 256) * 2 - 1;
  const covered = 0.5 + 0.5 * Math.sign(centred) * Math.abs(centred) ** 1.25 * 0.985;
  return 1 - (k >= 255 ? 1.2 : covered);
});

/** Below this tone dots grow paler as well as smaller. */
const palest = 0.12;

/**
 * How much higher that level lies for the palest tones, in soft edges of a dot: a dot's edge alone would print a tenth of the
 * ink, and where dots begin on a slowly darkening wall there would be a line.
 */
function paleness(dark: number): number {
  return dark < palest ? (1 - dark / palest) ** 2 : 0;
}

/** How much ink a screen prints at a pixel for a tone of `dark`, 0 to 1, with edges one pixel soft. */
export function dotInk(screen: Screen, x: number, y: number, dark: number): number {
  if (dark <= 0.004) return 0;
  const scale = steps / screen.cell;
  const u = (x * screen.cos + y * screen.sin) * scale;
  const v = (y * screen.cos - x * screen.sin) * scale;
  // A rosette of cosines gives round dots in the lights, squares in the middle and round holes in the darks.
  const wave = (waves[u & (steps - 1)] as number) + (waves[v & (steps - 1)] as number) + 0.5;
  const at = (dark > 1 ? 1 : dark) * 255.999;
  const low = at | 0;
  const from = levels[low] as number;
  const level = from + ((levels[low + 1] as number) - from) * (at - low);
  const soft = 1.6 / screen.cell;
  const t = (wave - level + soft * (1 - paleness(dark))) / (2 * soft);
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}

/**
 * The same of a row of tones, which becomes the row of ink: the screen lies so many pixels to the left. In double
 * precision, as one tone is; written out, because numbers that go into a function and out of it a million times are garbage.
 */
export function inkRow(screen: Screen, y: number, tones: Float64Array, left = 0): void {
  const { cell, cos, sin } = screen;
  const scale = steps / cell;
  const soft = 1.6 / cell;
  for (let x = 0; x < tones.length; x++) {
    const dark = tones[x] as number;
    if (dark <= 0.004) {
      tones[x] = 0;
      continue;
    }
    const px = x + left;
    const u = (px * cos + y * sin) * scale;
    const v = (y * cos - px * sin) * scale;
    // A rosette of cosines gives round dots in the lights, squares in the middle and round holes in the darks.
    const wave = (waves[u & (steps - 1)] as number) + (waves[v & (steps - 1)] as number) + 0.5;
    const at = (dark > 1 ? 1 : dark) * 255.999;
    const low = at | 0;
    const from = levels[low] as number;
    const level = from + ((levels[low + 1] as number) - from) * (at - low);
    const t = (wave - level + soft * (1 - paleness(dark))) / (2 * soft);
    tones[x] = t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
  }
}
