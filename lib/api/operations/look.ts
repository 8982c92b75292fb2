import { z } from 'zod';
import { accountOperation } from '#lib/auth/door/token-route.ts';
import { cursorText } from '#lib/core/cursor.ts';
import { fail, succeed } from '#lib/core/result.ts';
import { exploreGallery, exploreSorts } from '#lib/gallery/explore/explore-gallery.ts';
import { longestSearch } from '#lib/gallery/explore/search-terms.ts';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { findVisibleImage } from '#lib/gallery/public/store.ts';
import { toGalleryImage } from '#lib/gallery/public/view.ts';
import { hasStrength, styles } from '#lib/styles/catalogue.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { look, lookPage, styleList, toLook } from '../shapes/look.ts';

const words = z.string().trim().max(longestSearch).default('');

export const lookOperations = [
  accountOperation({
    at: 'GET /styles',
    id: 'listStyles',
    scope: null,
    input: z.object({}),
    limit: 'account.read',
    answer: { status: 200, json: styleList },
    handler: async () =>
      succeed({
        items: styles.map(({ name, family, needsPerson }) => ({
          name,
          family,
          needsPerson,
          hasStrength: hasStrength(name),
          title: { fa: fa.styles[name].title, en: en.styles[name].title },
          description: { fa: fa.styles[name].description, en: en.styles[name].description },
        })),
      }),
  }),
  accountOperation({
    at: 'GET /looks',
    id: 'listLooks',
    scope: null,
    input: z.object({
      q: words,
      tag: words,
      sort: z.enum(exploreSorts).default('newest'),
      kind: z.enum(lookKinds).optional(),
      cursor: cursorText.optional(),
    }),
    limit: 'account.read',
    answer: { status: 200, json: lookPage },
    handler: async ({ input: { kind, cursor, ...query } }) => {
      const whole = { ...query, look: kind ?? null, show: 'images', kind: null, city: '', cursor } as const;
      const { items, next } = (await exploreGallery(whole)).images;
      return succeed({ items: items.map(toLook), next });
    },
  }),
  accountOperation({
    at: 'GET /looks/{id}',
    id: 'getLook',
    scope: null,
    input: z.object({ id: z.uuid() }),
    limit: 'account.read',
    answer: { status: 200, json: look },
    handler: async ({ input }) => {
      const row = await findVisibleImage(input.id);
      return row ? succeed(toLook(toGalleryImage(row))) : fail('notFound', `no visible image ${input.id}`);
    },
  }),
];
