import type { StyleName } from '../catalogue.ts';
import { cinematic } from './presets/cinematic.ts';
import { comic } from './presets/comic.ts';
import { duotone } from './presets/duotone.ts';
import { noir } from './presets/noir.ts';
import { oil } from './presets/oil.ts';
import { pencil } from './presets/pencil.ts';
import type { Preset, SceneNeeds } from './scene.ts';

/** How this engine paints each style of the catalogue; the compiler insists on every one. */
const recipes: Record<StyleName, { paint: Preset; needs: SceneNeeds }> = {
  comic: { paint: comic, needs: { person: true } },
  pencil: { paint: pencil, needs: { person: true } },
  oil: { paint: oil, needs: { person: false } },
  cinematic: { paint: cinematic, needs: { person: true } },
  noir: { paint: noir, needs: { person: true } },
  duotone: { paint: duotone, needs: { person: true } },
};

export function findPreset(style: StyleName): { paint: Preset; needs: SceneNeeds } {
  return recipes[style];
}
