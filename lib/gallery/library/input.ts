import { z } from 'zod';
import { line } from '#lib/auth/input.ts';
import { lookKindInput, lookSettingsInput } from '#lib/gallery/look/input.ts';
import { galleryLimits } from '../policy.ts';
import { cleanTags, tagProblem } from './tags.ts';

/** What vendors type and choose about images. A message is a key in `messages/`. */

const id = z.uuid('errors.notFound');

const tags = z
  .array(z.string().max(200))
  .max(60, 'albums.field.tagsMany')
  .transform((texts, context) => {
    const cleaned = cleanTags(texts);
    const message = tagProblem(cleaned);
    if (message) context.addIssue({ code: 'custom', message });
    return cleaned;
  });

/** What a picture shows, in words. */
const altText = line(galleryLimits.maxAltLength, 'library.gallery.alt.long');

export const imageEditInput = z.object({
  id,
  title: line(galleryLimits.maxTitleLength, 'albums.field.titleLong'),
  altText,
  tags,
});

export const imagesInput = z.strictObject({ ids: z.array(id).min(1).max(galleryLimits.maxAtOnce) });

/** What several pictures show, each in its own words. */
export const describeImagesInput = z.strictObject({
  images: z.array(z.strictObject({ id, altText })).min(1).max(galleryLimits.maxAtOnce),
});

export const tagImagesInput = z.strictObject({
  ids: imagesInput.shape.ids,
  add: tags,
  remove: tags,
});

/** What several images are, and of one of them where its cloth is, how wide, in which shades. */
export const imagesLookInput = z.strictObject({
  ids: imagesInput.shape.ids,
  kind: lookKindInput,
  settings: lookSettingsInput.optional(),
  /** A guess: images of which something was said stay as they are. */
  unsaidOnly: z.boolean().optional(),
});

export const nothingInput = z.object({}).optional();

/** Which of a vendor's images a page of the library shows. */
export const imageFilters = ['all', 'hidden', 'public', 'loose', 'wordless', 'twins', 'trash'] as const;
export type ImageFilter = (typeof imageFilters)[number];

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The query of the library's page, as an address carries it; what makes no sense is as if it were not there. */
export const libraryQuery = z.object({
  show: z.preprocess(first, z.enum(imageFilters).catch('all')),
  tag: z.preprocess(first, z.string().trim().max(60).catch('')),
  q: z.preprocess(first, z.string().trim().max(80).catch('')),
  after: z.preprocess(
    first,
    z
      .string()
      .regex(/^\d{1,17}\.[0-9a-f-]{36}$/)
      .nullable()
      .catch(null),
  ),
});
export type LibraryQuery = z.output<typeof libraryQuery>;
