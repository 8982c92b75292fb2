import type { StyleName } from '../catalogue.ts';
import { eachRun } from './each-row.ts';
import { findPreset } from './presets.ts';
import { mix, type Picture } from './raster.ts';
import { paintReference } from './reference/paint-reference.ts';
import type { Reference } from './reference/read-reference.ts';
import type { Scene, SceneNeeds } from './scene.ts';

/** Anything this engine can paint, with all that is needed for it. */
export type PaintableLook =
  | { readonly style: StyleName }
  | { readonly style: 'reference'; readonly reference: Reference };

/** What must be known of the photo for a look. */
export function needsOf(look: PaintableLook): SceneNeeds {
  return look.style === 'reference' ? { person: true } : findPreset(look.style).needs;
}

/**
 * Paints a scene, which may have been read for other looks as well; what this one does not ask for is kept from it, so
 * that it comes out as if the scene had been read for it alone.
 */
export function paintLook(scene: Scene, look: PaintableLook): Picture {
  const known = needsOf(look).person ? scene : { ...scene, person: null };
  return look.style === 'reference'
    ? paintReference(known, look.reference)
    : findPreset(look.style).paint(known);
}

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
