import { eachRun } from './each-row.ts';
import { mix, type Picture } from './raster.ts';

/** A look laid over the photo with a strength from 0, the photo, to 1, the look; changes and gives the look. */
export function soften(painted: Picture, photo: Picture, strength: number): Picture {
  if (strength >= 1) return painted;
  for (const channel of ['r', 'g', 'b'] as const) {
    const [own, look] = [photo[channel], painted[channel]];
    eachRun(look.length, softenRun, { own, look, strength });
  }
  return painted;
}

type Softened = { readonly own: Float32Array; readonly look: Float32Array; readonly strength: number };

function softenRun({ own, look, strength }: Softened, from: number, to: number): void {
  for (let i = from; i < to; i++) look[i] = mix(own[i] as number, look[i] as number, strength);
}
