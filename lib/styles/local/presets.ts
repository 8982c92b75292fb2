import type { StyleName } from '../catalogue.ts';
import { cinematic } from './presets/cinematic.ts';
import { duotone } from './presets/duotone.ts';
import { noir } from './presets/noir.ts';
import type { Preset, SceneNeeds } from './scene.ts';

/** How this engine paints each style of the catalogue; the compiler insists on every one. */
const recipes: Record<StyleName, { paint: Preset; needs: SceneNeeds }> = {
  cinematic: { paint: cinematic, needs: { person: true } },
  noir: { paint: noir, needs: { person: true } },
  duotone: { paint: duotone, needs: { person: true } },
};

export function findPreset(style: StyleName): { paint: Preset; needs: SceneNeeds } {
  return recipes[style];
}
