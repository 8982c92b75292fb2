import type { StyleName } from '../catalogue.ts';
import { type Grade, wholeOf } from './grades/band.ts';
import { cinematic } from './presets/cinematic.ts';
import { colorPencil } from './presets/color-pencil.ts';
import { comic } from './presets/comic.ts';
import { duotone } from './presets/duotone.ts';
import { halftone } from './presets/halftone.ts';
import { ink } from './presets/ink.ts';
import { linocut } from './presets/linocut.ts';
import { noir } from './presets/noir.ts';
import { oil } from './presets/oil.ts';
import { pencil } from './presets/pencil.ts';
import { popart } from './presets/popart.ts';
import { riso } from './presets/riso.ts';
import { splash } from './presets/splash.ts';
import { vintage } from './presets/vintage.ts';
import { watercolor } from './presets/watercolor.ts';
import { letGo, type Picture } from './raster.ts';
import type { Preset, Scene, SceneNeeds } from './scene.ts';
import { stillNoise } from './tone/still-noise.ts';

type Recipe = {
  readonly paint: Preset;
  readonly needs: SceneNeeds;
  /** The same for any rows, of a picture larger than the scene. */
  readonly grade?: Grade;
};

const graded = (grade: Grade, needs: SceneNeeds): Recipe => ({ paint: wholeOf(grade), needs, grade });

/** What is drawn, printed or painted with a brush follows forms, and would follow noise. */
const drawn = (paint: Preset, needs: SceneNeeds): Recipe => ({
  paint: (scene) => {
    const photo = stillNoise(scene.photo, scene.unit);
    const picture = paint({ ...scene, photo });
    if (photo !== scene.photo) letGo(photo);
    return picture;
  },
  needs,
});

/** How this engine paints each style of the catalogue; the compiler insists on every one. */
const recipes: Record<StyleName, Recipe> = {
  oil: drawn(oil, { person: false }),
  watercolor: drawn(watercolor, { person: true }),
  pencil: drawn(pencil, { person: true }),
  ink: drawn(ink, { person: true }),
  colorPencil: drawn(colorPencil, { person: true }),
  comic: drawn(comic, { person: false }),
  popart: drawn(popart, { person: true }),
  linocut: drawn(linocut, { person: true }),
  riso: drawn(riso, { person: false }),
  halftone: drawn(halftone, { person: false }),
  duotone: graded(duotone, { person: true }),
  cinematic: graded(cinematic, { person: true }),
  noir: graded(noir, { person: true }),
  vintage: graded(vintage, { person: false }),
  splash: graded(splash, { person: true }),
};

/** The recipe of a style. */
export function findPreset(style: StyleName): Recipe {
  return recipes[style];
}

/** What a recipe may know of a scene that was read for others as well: it comes out as if it had been read for it alone. */
function knownTo({ person }: SceneNeeds, scene: Scene): Scene {
  return person ? scene : { ...scene, person: null };
}

/** A scene in a style. */
export function paintStyle(scene: Scene, style: StyleName): Picture {
  const { paint, needs } = findPreset(style);
  return paint(knownTo(needs, scene));
}
