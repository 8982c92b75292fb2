import { findPreset } from '../paint/presets.ts';
import { paintReference } from '../paint/reference/paint-reference.ts';
import { readReference } from '../paint/reference/read-reference.ts';
import { type Preset, readScene, type SceneNeeds } from '../paint/scene.ts';
import type { StyleStage } from '../style-engine.ts';
import { decodePhoto, decodeReference } from './decode-photo.ts';
import { encodePicture } from './encode-picture.ts';
import { nodeModels } from './models.ts';
import type { SentLook } from './thread-messages.ts';

/** A finished picture and how long each stage of it took. */
export type Rendered = {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly stagesMs: Record<StyleStage, number>;
};

/** Who paints this look. */
async function painterOf(look: SentLook): Promise<{ paint: Preset; needs: SceneNeeds }> {
  if (look.style !== 'reference') return findPreset(look.style);
  const reference = await readReference(await decodeReference(look.reference), nodeModels);
  return { paint: (scene) => paintReference(scene, reference), needs: { person: true } };
}

/** Turns a photo into a look on the calling thread, which it keeps busy for about a second. */
export async function renderPhoto(
  photo: Buffer,
  look: SentLook,
  onStage: (stage: StyleStage) => void = () => {},
): Promise<Rendered> {
  const stagesMs: Record<StyleStage, number> = { decode: 0, analyse: 0, paint: 0, encode: 0 };
  const timed = async <T>(stage: StyleStage, work: () => T | Promise<T>): Promise<T> => {
    onStage(stage);
    const start = performance.now();
    const value = await work();
    stagesMs[stage] = Math.round(performance.now() - start);
    return value;
  };
  const decoded = await timed('decode', () => decodePhoto(photo));
  const { painter, scene } = await timed('analyse', async () => {
    const chosen = await painterOf(look);
    return { painter: chosen, scene: await readScene(decoded, chosen.needs, nodeModels) };
  });
  const picture = await timed('paint', () => painter.paint(scene));
  const bytes = await timed('encode', () => encodePicture(picture));
  return { bytes, width: picture.width, height: picture.height, stagesMs };
}
