import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import { hasStrength } from '../catalogue.ts';
import { fitted, resizePicture } from '../paint/kernels/resize.ts';
import { isWorn, type WornOrder } from '../paint/looks/order.ts';
import { readMask } from '../paint/looks/read-mask.ts';
import { type People, readPeople } from '../paint/looks/read-people.ts';
import { studyReference } from '../paint/looks/study-reference.ts';
import { LookImpossible, wearLook } from '../paint/looks/wear-look.ts';
import { type PaintableLook, paintLook, soften } from '../paint/paint-look.ts';
import type { Models } from '../paint/people/models.ts';
import { nearestBytes, pictureOf } from '../paint/pixels.ts';
import type { Picture } from '../paint/raster.ts';
import { largestReference, type Reference, readReference } from '../paint/reference/read-reference.ts';
import type { Swatch } from '../paint/reference/weave-texture.ts';
import { readScene, type Scene } from '../paint/scene.ts';
import { studiedSide, studyPhoto } from '../paint/study-photo.ts';
import { readBitmap, unpack } from './decode-blob.ts';
import { DeviceEngineError, type DeviceLook, type DeviceStep } from './device-view.ts';

/** Photos are kept at this longest side, in pixels; no preview is larger. */
const keptSide = 1024;
/** Scenes and references that are kept ready; each holds a few megabytes. */
const mostScenes = 3;
const mostReferences = 4;
const mostPeople = 10;
/** Large looks that are kept as they were painted, so that their strength follows a finger. */
const [mostPainted, largeFrom] = [2, 512];
/** Parts are told apart at less than this; more would only be waited for. */
const partsSide = 512;

type Tell = (step: DeviceStep) => void;

/** Remembers the last few values; the one that was not asked for the longest goes first. */
function createShelf<T>(most: number) {
  const kept = new Map<string, T>();
  return {
    async get(key: string, make: () => Promise<T>): Promise<T> {
      const value = kept.get(key) ?? (await make());
      kept.delete(key);
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return value;
    },
    forget(start: string) {
      for (const key of kept.keys()) if (key.startsWith(start)) kept.delete(key);
    },
  };
}

/** The look in full, and how much of it is asked for; null where nobody may ask for less. */
function partedLook(look: DeviceLook): [DeviceLook, number | null] {
  if (look.style !== 'reference') {
    const { strength = 1, ...whole } = look;
    return [whole, hasStrength(look.style) || strength < 1 ? strength : null];
  }
  if (!look.order) return [look, null];
  const { strength = 1, ...order } = look.order;
  return [{ ...look, order }, hasStrength(order.kind) || strength < 1 ? strength : null];
}

/** Photos of one person on their own device, and everything painted from them. Does one thing at a time. */
export function createDevicePainter(models: Models) {
  const photos = new Map<string, Picture>();
  const scenes = createShelf<Scene>(mostScenes);
  const swatches = createShelf<Swatch>(mostReferences);
  const references = createShelf<Reference>(mostReferences);
  const people = createShelf<People>(mostPeople);
  const painted = createShelf<Picture>(mostPainted);

  /** A copy of its own, for painting changes it. */
  const photoAt = (id: string, side: number): Picture => {
    const photo = photos.get(id);
    if (!photo) throw new DeviceEngineError('cancelled', 'the photo is not open');
    const size = fitted(photo, Math.min(side, Math.max(photo.width, photo.height)));
    return resizePicture(photo, size.width, size.height);
  };

  const sceneOf = (id: string, side: number) =>
    scenes.get(`${id} ${side}`, async () => readScene(photoAt(id, side), { person: true }, models));

  const swatchAt = (url: string) =>
    swatches.get(url, async () => {
      const answer = await fetch(url).catch((error) => {
        throw new DeviceEngineError('network', String(error));
      });
      if (!answer.ok) throw new DeviceEngineError('network', `${url} answered ${answer.status}`);
      const { bitmap } = await unpack(await answer.blob(), largestReference);
      const picture = readBitmap(bitmap, largestReference);
      bitmap.close();
      return { width: picture.width, height: picture.height, pixels: nearestBytes(picture) };
    });

  const referenceAt = (url: string, region?: LookRegion) =>
    references.get(`${url} ${JSON.stringify(region ?? null)}`, async () =>
      readReference(await swatchAt(url), models, region),
    );

  const lookOf = async (look: DeviceLook): Promise<PaintableLook> =>
    look.style === 'reference'
      ? { style: look.style, reference: await referenceAt(look.url, look.order?.region) }
      : { style: look.style };

  const wear = async (photo: Picture, url: string, order: WornOrder): Promise<Picture> => {
    const swatch = await swatchAt(url);
    const reference = pictureOf({ ...swatch, step: 3, bytes: swatch.pixels });
    try {
      return await wearLook(photo, reference, order, models);
    } catch (error) {
      if (error instanceof LookImpossible) throw new DeviceEngineError(error.obstacle, error.message);
      throw error;
    }
  };

  const paintWhole = async (id: string, look: DeviceLook, side: number, tell: Tell): Promise<Picture> => {
    tell('analyse');
    if (look.style === 'reference' && look.order && isWorn(look.order)) {
      const photo = photoAt(id, side);
      tell('paint');
      return wear(photo, look.url, look.order);
    }
    const scene = await sceneOf(id, side);
    const paintable = await lookOf(look);
    tell('paint');
    return paintLook(scene, paintable);
  };

  return {
    /** Answers with the size of the upright original. */
    async open(id: string, blob: Blob, tell: Tell) {
      tell('decode');
      const { bitmap, width, height } = await unpack(blob, keptSide);
      photos.set(id, readBitmap(bitmap, keptSide));
      bitmap.close();
      return { width, height };
    },
    close(id: string) {
      photos.delete(id);
      scenes.forget(`${id} `);
      people.forget(id);
      painted.forget(`${id} `);
    },
    /** What a look of this kind would be worn on, as taps have it. */
    async parts(id: string, order: Pick<WornOrder, 'kind' | 'taps'>) {
      const photo = photoAt(id, partsSide);
      return readMask(photo, await people.get(id, () => readPeople(photo, models)), order);
    },
    /** What the server measures of a kept photo before anybody pays. */
    measure: (id: string) => studyPhoto(photoAt(id, studiedSide), models),
    /** What a gallery's picture shows. */
    async study(url: string, region: LookRegion | null) {
      const swatch = await swatchAt(url);
      return studyReference(pictureOf({ ...swatch, step: 3, bytes: swatch.pixels }), region, models);
    },
    async paint(id: string, look: DeviceLook, side: number, tell: Tell): Promise<Picture> {
      const [whole, strength] = partedLook(look);
      if (strength === null || (strength === 1 && side < largeFrom)) return paintWhole(id, whole, side, tell);
      const picture = await painted.get(`${id} ${side} ${JSON.stringify(whole)}`, () =>
        paintWhole(id, whole, side, tell),
      );
      if (strength === 1) return picture;
      const own = { ...picture, r: picture.r.slice(), g: picture.g.slice(), b: picture.b.slice() };
      return soften(own, photoAt(id, side), strength);
    },
  };
}
