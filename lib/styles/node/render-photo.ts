import { needsOf, type PaintableLook, paintLook } from '../paint/paint-look.ts';
import { readReference } from '../paint/reference/read-reference.ts';
import { readScene } from '../paint/scene.ts';
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

/** The look with its reference unpacked. */
async function lookOf(look: SentLook): Promise<PaintableLook> {
  if (look.style !== 'reference') return look;
  const reference = await readReference(await decodeReference(look.reference), nodeModels);
  return { style: 'reference', reference };
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
  const { chosen, scene } = await timed('analyse', async () => {
    const chosen = await lookOf(look);
    return { chosen, scene: await readScene(decoded, needsOf(chosen), nodeModels) };
  });
  const picture = await timed('paint', () => paintLook(scene, chosen));
  const bytes = await timed('encode', () => encodePicture(picture));
  return { bytes, width: picture.width, height: picture.height, stagesMs };
}
