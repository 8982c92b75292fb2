import type { StyleName } from '../catalogue.ts';
import { findPreset, paintStyle } from './presets.ts';
import type { Picture } from './raster.ts';
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

/** Paints a scene, which may have been read for other looks as well. */
export function paintLook(scene: Scene, look: PaintableLook): Picture {
  return look.style === 'reference' ? paintReference(scene, look.reference) : paintStyle(scene, look.style);
}
