import { z } from 'zod';
import { adviceCodes, type PhotoCheck } from '#lib/conversions/photo-check/view.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { OwnPhoto } from '#lib/files/photo/view.ts';
import { photoLives, variantTypes } from '#lib/files/policy.ts';
import { absoluteUrl } from '#lib/gallery/public/address.ts';
import { address, id, moment, name, pageOf } from './named.ts';

/** The sizes of a picture that a program may ask for: JPEG, and WebP of so many pixels' width. */
export const pictureSizes = ['original', 'w320', 'w640', 'w1280'] as const;
export const pictureSize = z.enum(pictureSizes).default('original');
export const pictureContents = [...new Set(pictureSizes.map((size) => variantTypes[size]))];

export const apiUrl = (path: string) => absoluteUrl(`/api/v1${path}`);

export const photo = name(
  'Photo',
  z.strictObject({
    id,
    width: z.int(),
    height: z.int(),
    fileName: z.string(),
    life: z.enum(photoLives),
    expiresAt: moment.nullable(),
    createdAt: moment,
    contentUrl: address,
  }),
);

export const photoPage = pageOf('PhotoPage', photo);

/** What a picture has become that was just sent. */
export const takenPicture = name(
  'TakenPicture',
  z.strictObject({ id, width: z.int(), height: z.int(), contentUrl: address }),
);

export function toPhoto(one: OwnPhoto): z.input<typeof photo> {
  const { width, height, fileName, life, expiresAt, createdAt } = one;
  return {
    id: one.id,
    width,
    height,
    fileName,
    life,
    expiresAt,
    createdAt,
    contentUrl: contentOf('photos', one.id),
  };
}

export function toTaken(place: 'photos' | 'pictures', image: ImageView): z.input<typeof takenPicture> {
  const { width, height } = image;
  return { id: image.id, width, height, contentUrl: contentOf(place, image.id) };
}

export const contentOf = (place: 'photos' | 'pictures', imageId: string) =>
  apiUrl(`/${place}/${imageId}/content`);

/** What is the matter with a photo before anything is charged; `advice` is worst first. */
export const photoCheck = name(
  'PhotoCheck',
  z.strictObject({
    usable: z.boolean(),
    person: z.enum(['none', 'one', 'several']),
    advice: z.array(z.enum(adviceCodes)),
  }),
);

export function toPhotoCheck({ usable, person, advice }: PhotoCheck): z.input<typeof photoCheck> {
  return { usable, person, advice: [...advice] };
}
