import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import { hasStrength } from '../catalogue.ts';
import { setFastKernels } from '../paint/kernels/fast.ts';
import { fitted, resizePicture } from '../paint/kernels/resize.ts';
import { isWorn, type WornOrder } from '../paint/looks/order.ts';
import type { Models } from '../paint/people/models.ts';
import { paintStyle } from '../paint/presets.ts';
import type { Picture } from '../paint/raster.ts';
import { readPlainScene, readScene, type Scene } from '../paint/scene.ts';
import { soften } from '../paint/soften.ts';
import { studiedSide } from '../paint/study-photo.ts';
import { startKernels } from '../wasm/start-kernels.ts';
import { readBitmap, unpack } from './decode-blob.ts';
import type { createDeviceLooks } from './device-looks.ts';
import { DeviceEngineError, type DeviceLook, type DeviceStep } from './device-view.ts';
import { once } from './once.ts';
import { createShelf } from './shelf.ts';

/** Photos are kept at this longest side, in pixels; no preview is larger. */
const keptSide = 1024;
/** Scenes that are kept ready; each holds a few megabytes. */
const mostScenes = 3;
/** Large looks that are kept as they were painted, so that their strength follows a finger. */
const [mostPainted, largeFrom] = [2, 512];
/** Parts are told apart at less than this; more would only be waited for. */
const partsSide = 512;

type Tell = (step: DeviceStep) => void;

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
  setFastKernels(startKernels());
  const photos = new Map<string, Picture>();
  const scenes = createShelf<Scene>(mostScenes);
  const painted = createShelf<Picture>(mostPainted);
  let known: ReturnType<typeof createDeviceLooks> | null = null;
  const looks = once(async () => {
    try {
      known = (await import('./device-looks.ts')).createDeviceLooks(models);
      return known;
    } catch (error) {
      throw new DeviceEngineError('network', String(error));
    }
  });

  /** A copy of its own, for painting changes it. */
  const photoAt = (id: string, side: number): Picture => {
    const photo = photos.get(id);
    if (!photo) throw new DeviceEngineError('cancelled', 'the photo is not open');
    const size = fitted(photo, Math.min(side, Math.max(photo.width, photo.height)));
    return resizePicture(photo, size.width, size.height);
  };

  const paintWhole = async (id: string, look: DeviceLook, side: number, tell: Tell): Promise<Picture> => {
    tell('analyse');
    if (look.style === 'reference' && look.order && isWorn(look.order)) {
      const photo = photoAt(id, side);
      tell('paint');
      return (await looks()).wear(photo, look.url, look.order);
    }
    const scene = await scenes.get(`${id} ${side}`, () =>
      readScene(photoAt(id, side), { person: true }, models),
    );
    tell('paint');
    return look.style === 'reference'
      ? (await looks()).paint(scene, look.url, look.order?.region)
      : paintStyle(scene, look.style);
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
      painted.forget(`${id} `);
      known?.forget(id);
    },
    /** The photo as it is. */
    photo: photoAt,
    /** Sends for the code of {@link looks}. */
    fetch: () => looks().catch(() => undefined),
    parts: async (id: string, order: Pick<WornOrder, 'kind' | 'taps'>) =>
      (await looks()).parts(id, photoAt(id, partsSide), order),
    measure: async (id: string) => (await looks()).measure(photoAt(id, studiedSide)),
    study: async (url: string, region: LookRegion | null) => (await looks()).study(url, region),
    /** A style as it looks with nobody in the photo: without asking a network. */
    async sketch(id: string, style: Exclude<DeviceLook['style'], 'reference'>, side: number) {
      const scene = await scenes.get(`${id} plain ${side}`, () => readPlainScene(photoAt(id, side)));
      return paintStyle(scene, style);
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
