import { maskBands } from '../people/find-person.ts';
import { writePixels } from '../pixels.ts';
import { letGo, mix, newPicture, type Size } from '../raster.ts';
import type { Scene } from '../scene.ts';
import { balanceBands } from '../tone/balance-tone.ts';
import type { Grade } from './band.ts';

/** So many rows are painted at once; a few planes of them are a few megabytes. */
const usualRows = 96;

type BandsOrder = {
  /** From 0, the photo, to 1, the look. */
  readonly strength?: number;
  /** How many rows at once. The result does not depend on it. */
  readonly rows?: number;
};

/**
 * Paints a photo that may be too large to be held as numbers: three bytes of sRGB a pixel, changed in place, band by band.
 * `scene` is what was measured of the photo itself or of a smaller copy.
 */
export function paintBands(
  { width, height, bytes }: Size & { readonly bytes: Uint8Array },
  scene: Scene,
  grade: Grade,
  { strength = 1, rows = usualRows }: BandsOrder = {},
): void {
  const size = { width, height };
  const { tone, outline } = scene.measured;
  const balance = balanceBands(tone, size);
  const mask = scene.person && outline ? maskBands(outline, size) : null;
  const paint = grade(scene, size);
  for (let top = 0; top < height; top += rows) {
    const band = { top, ...newPicture(width, Math.min(rows, height - top)) };
    const first = top * width;
    for (let i = 0, at = 3 * first; i < band.r.length; i++, at += 3) {
      band.r[i] = (bytes[at] as number) / 255;
      band.g[i] = (bytes[at + 1] as number) / 255;
      band.b[i] = (bytes[at + 2] as number) / 255;
    }
    balance(band);
    const person = mask?.(band) ?? null;
    paint(band, person);
    if (strength < 1)
      for (const [c, channel] of [band.r, band.g, band.b].entries())
        for (let i = 0, at = 3 * first + c; i < channel.length; i++, at += 3)
          channel[i] = mix((bytes[at] as number) / 255, channel[i] as number, strength);
    writePixels(band, 3, bytes.subarray(3 * first), first);
    letGo(band);
    if (person) letGo({ width, height: band.height, data: person });
  }
}
