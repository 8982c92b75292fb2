import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import type { WornOrder } from '../paint/looks/order.ts';
import { readMask } from '../paint/looks/read-mask.ts';
import { type People, readPeople } from '../paint/looks/read-people.ts';
import { studyReference } from '../paint/looks/study-reference.ts';
import { LookImpossible, wearLook } from '../paint/looks/wear-look.ts';
import { paintLook } from '../paint/paint-look.ts';
import type { Models } from '../paint/people/models.ts';
import { nearestBytes, pictureOf } from '../paint/pixels.ts';
import type { Picture } from '../paint/raster.ts';
import { largestReference, type Reference, readReference } from '../paint/reference/read-reference.ts';
import type { Swatch } from '../paint/reference/weave-texture.ts';
import type { Scene } from '../paint/scene.ts';
import { studyPhoto } from '../paint/study-photo.ts';
import { readBitmap, unpack } from './decode-blob.ts';
import { DeviceEngineError } from './device-view.ts';
import { createShelf } from './shelf.ts';

const mostReferences = 4;
const mostPeople = 10;

/**
 * What is taken of other pictures, and what is measured of a photo: half of the painting's code, fetched with the
 * networks and not before the first style is seen.
 */
export function createDeviceLooks(models: Models) {
  const swatches = createShelf<Swatch>(mostReferences);
  const references = createShelf<Reference>(mostReferences);
  const people = createShelf<People>(mostPeople);

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
  const pictureAt = async (url: string) => {
    const swatch = await swatchAt(url);
    return pictureOf({ ...swatch, step: 3, bytes: swatch.pixels });
  };

  return {
    /** A scene in the light, colours and texture of the picture there, or of a region of it. */
    async paint(scene: Scene, url: string, region?: LookRegion): Promise<Picture> {
      const reference = await references.get(`${url} ${JSON.stringify(region ?? null)}`, async () =>
        readReference(await swatchAt(url), models, region),
      );
      return paintLook(scene, { style: 'reference', reference });
    },
    /** A photo with what the picture there shows put on its people. */
    async wear(photo: Picture, url: string, order: WornOrder): Promise<Picture> {
      const reference = await pictureAt(url);
      try {
        return await wearLook(photo, reference, order, models);
      } catch (error) {
        if (error instanceof LookImpossible) throw new DeviceEngineError(error.obstacle, error.message);
        throw error;
      }
    },
    /** What a look of this kind would be worn on, as taps have it. */
    parts: async (id: string, photo: Picture, order: Pick<WornOrder, 'kind' | 'taps'>) =>
      readMask(photo, await people.get(`${id} `, () => readPeople(photo, models)), order),
    /** What the server measures of a kept photo before anybody pays. */
    measure: (photo: Picture) => studyPhoto(photo, models),
    /** What a gallery's picture shows. */
    study: async (url: string, region: LookRegion | null) =>
      studyReference(await pictureAt(url), region, models),
    forget: (id: string) => people.forget(`${id} `),
  };
}
