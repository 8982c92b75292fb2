import { z } from 'zod';
import type { AlbumView } from '#lib/gallery/album/view.ts';
import type { Insight } from '#lib/gallery/insight/read-insight.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { lookKinds, shadeParts } from '#lib/gallery/look/kinds.ts';
import { contactWays } from '#lib/gallery/offer/kinds.ts';
import { imageOrders } from '#lib/gallery/policy.ts';
import { absoluteUrl } from '#lib/gallery/public/address.ts';
import { countNames, shopCountNames } from '#lib/gallery/visit/kinds.ts';
import { address, id, moment, name, pageOf } from './named.ts';
import { contentOf } from './photo.ts';

const region = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

export const picture = name(
  'Picture',
  z.strictObject({
    id,
    width: z.int(),
    height: z.int(),
    fileName: z.string(),
    title: z.string(),
    altText: z.string(),
    tags: z.array(z.string()),
    isPublic: z.boolean(),
    moderation: z.enum(['accepted', 'waiting', 'refused']),
    createdAt: moment,
    deletedAt: moment.nullable().describe('Since when it lies in the trash.'),
    sentBytes: z
      .int()
      .nullable()
      .describe('How large its file as it was sent is. Null where that is not kept.'),
    contentUrl: address,
    publicUrl: address.nullable().describe('Where everybody sees it. Null while it is not public.'),
    look: z.strictObject({
      kind: z.enum(lookKinds),
      settings: z.strictObject({
        region: region.optional(),
        repeatCm: z.number().optional(),
        shades: z.partialRecord(z.enum(shadeParts), z.string()).optional(),
      }),
    }),
    offer: z
      .strictObject({
        priceRials: z.int().nullable(),
        variants: z.array(z.string()),
        inStock: z.boolean(),
        link: z.string().nullable(),
        booking: z.string().nullable(),
        contact: z.enum(contactWays).nullable(),
      })
      .nullable(),
  }),
);

export const picturePage = pageOf('PicturePage', picture);

export function toPicture(one: OwnImage): z.input<typeof picture> {
  const { url, thumbUrl: _t, thumbhash: _h, hasAvif: _a, twins: _n, isFree: _f, ...said } = one;
  const { region, ...settings } = one.look.settings;
  return {
    ...said,
    tags: [...one.tags],
    contentUrl: contentOf('pictures', one.id),
    publicUrl: one.isPublic ? absoluteUrl(url) : null,
    look: { kind: one.look.kind, settings: { ...settings, ...(region ? { region } : {}) } },
    offer: one.offer && { ...one.offer, variants: [...one.offer.variants] },
  };
}

export const album = name(
  'Album',
  z.strictObject({
    id,
    name: z.string(),
    description: z.string(),
    isPublic: z.boolean(),
    isStyleKit: z.boolean(),
    keepsSent: z.boolean().describe('Files that are sent to it are kept as they come, too.'),
    imageOrder: z.enum(imageOrders),
    version: z
      .int()
      .describe(
        'Grows with every change of the order of its pictures; orderPictures is told the one it saw.',
      ),
    imageCount: z.int(),
    hiddenCount: z.int(),
    coverImageId: id.nullable(),
    createdAt: moment,
  }),
);

export const brand = name(
  'Brand',
  z.strictObject({ colour: z.string().nullable().describe('#rrggbb, or null for that of the site.') }),
);

export const albumList = name('AlbumList', z.strictObject({ items: z.array(album) }));
export const made = name('Made', z.strictObject({ id }));
export const added = name('AddedToAlbum', z.strictObject({ added: z.int() }));
export const taken = name('TakenFromAlbum', z.strictObject({ taken: z.int() }));
export const ordered = name(
  'OrderedAlbum',
  z.strictObject({
    version: z.int(),
    isStale: z.boolean().describe('Somebody changed the order since that version; this was done to theirs.'),
  }),
);

export function toAlbum({ cover: _shown, ...said }: AlbumView): z.input<typeof album> {
  return said;
}

const countsOf = <Name extends string>(names: readonly Name[]) =>
  z.strictObject(Object.fromEntries(names.map((one) => [one, z.int()])) as Record<Name, z.ZodInt>);

const counts = countsOf(countNames);
const shopCounts = countsOf(shopCountNames);

export const insight = name(
  'Insight',
  z.strictObject({
    days: z
      .array(shopCounts.extend({ day: z.iso.date() }))
      .describe('Days in Tehran, oldest first. Each visitor counts once a day for each thing.'),
    totals: shopCounts,
    pictures: z.array(counts.extend({ id, title: z.string().nullable(), fileName: z.string() })),
    albums: z.array(counts.extend({ id, name: z.string() })),
  }),
);

export function toInsight({ days, totals, images, albums }: Insight): z.input<typeof insight> {
  return { days: [...days], totals, pictures: [...images], albums: [...albums] };
}
