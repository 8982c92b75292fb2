import './fast-kernels.ts';
import { paintBands } from '../paint/grades/paint-bands.ts';
import { isWorn, type WornOrder } from '../paint/looks/order.ts';
import { wearLook } from '../paint/looks/wear-look.ts';
import { needsOf, type PaintableLook, paintLook } from '../paint/paint-look.ts';
import type { Models } from '../paint/people/models.ts';
import { pictureOf } from '../paint/pixels.ts';
import { findPreset } from '../paint/presets.ts';
import { copyOfPicture, letGo, type Picture } from '../paint/raster.ts';
import { readReference } from '../paint/reference/read-reference.ts';
import type { Swatch } from '../paint/reference/weave-texture.ts';
import { readScene } from '../paint/scene.ts';
import { soften } from '../paint/soften.ts';
import type { StyleStage } from '../style-engine.ts';
import { decodeForBands, decodePhoto, decodeReference } from './decode-photo.ts';
import { encodeBytes, encodePicture } from './encode-picture.ts';
import type { SentLook } from './thread-messages.ts';

/** A finished picture and how long each stage of it took. */
export type Rendered = {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly stagesMs: Record<StyleStage, number>;
};

/** Whether the look is worn or stood in, and not laid over the whole photo. */
function wornOrderOf(look: SentLook): { reference: Uint8Array; order: WornOrder } | null {
  if (look.style !== 'reference' || !look.order || !isWorn(look.order)) return null;
  return { reference: look.reference, order: look.order };
}

/** The look with its reference unpacked. */
async function lookOf(look: SentLook, models: Models): Promise<PaintableLook> {
  if (look.style !== 'reference') return { style: look.style };
  const swatch = await decodeReference(look.reference);
  const reference = await readReference(swatch, models, look.order?.region);
  return { style: 'reference', reference };
}

function swatchPicture({ width, height, pixels }: Swatch): Picture {
  return pictureOf({ width, height, step: 3, bytes: pixels });
}

type Timed = <T>(stage: StyleStage, work: () => T | Promise<T>) => Promise<T>;

/** A large photo in a look that changes every pixel by itself, at its full size; null for any other. */
async function paintedInBands(photo: Buffer, look: SentLook, models: Models, timed: Timed) {
  if (look.style === 'reference') return null;
  const { grade } = findPreset(look.style);
  const large = grade ? await timed('decode', () => decodeForBands(photo)) : null;
  if (!grade || !large) return null;
  const { copy, ...whole } = large;
  const scene = await timed('analyse', () => readScene(copy, needsOf(look), models));
  await timed('paint', () => paintBands(whole, scene, grade, { strength: look.strength ?? 1 }));
  const bytes = await timed('encode', () => encodeBytes(whole));
  return { bytes, width: whole.width, height: whole.height };
}

/**
 * Turns a photo into a look on the calling thread, which it keeps busy for about a second. Throws
 * {@link LookImpossible} where the photo has nobody, or nothing, to wear it.
 */
export async function renderPhoto(
  photo: Buffer,
  look: SentLook,
  models: Models,
  onStage: (stage: StyleStage) => void = () => {},
): Promise<Rendered> {
  const stagesMs: Record<StyleStage, number> = { decode: 0, analyse: 0, paint: 0, encode: 0 };
  let current: StyleStage | null = null;
  const timed: Timed = async (stage, work) => {
    if (stage !== current) onStage(stage);
    current = stage;
    const start = performance.now();
    const value = await work();
    stagesMs[stage] += Math.round(performance.now() - start);
    return value;
  };
  const banded = await paintedInBands(photo, look, models, timed);
  if (banded) return { ...banded, stagesMs };
  const decoded = await timed('decode', () => decodePhoto(photo));
  const worn = wornOrderOf(look);
  if (worn) {
    const reference = await timed('analyse', async () =>
      swatchPicture(await decodeReference(worn.reference)),
    );
    const picture = await timed('paint', async () =>
      soften(await wearLook(decoded, reference, worn.order, models), decoded, worn.order.strength ?? 1),
    );
    const bytes = await timed('encode', () => encodePicture(picture));
    return { bytes, width: picture.width, height: picture.height, stagesMs };
  }
  const strength = (look.style === 'reference' ? look.order?.strength : look.strength) ?? 1;
  // A scene's photo is balanced for painters, in place; what a look is laid over is the photo as it came.
  const plain = strength < 1 ? copyOfPicture(decoded) : decoded;
  const { chosen, scene } = await timed('analyse', async () => {
    const chosen = await lookOf(look, models);
    return { chosen, scene: await readScene(decoded, needsOf(chosen), models) };
  });
  const picture = await timed('paint', () => soften(paintLook(scene, chosen), plain, strength));
  const bytes = await timed('encode', () => encodePicture(picture));
  letGo(plain, scene.photo, scene.person);
  return { bytes, width: picture.width, height: picture.height, stagesMs };
}
