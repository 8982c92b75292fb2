import { z } from 'zod';
import { accountOperation, vendorOperation } from '#lib/auth/door/token-route.ts';
import { findStyleKit, listStyleKits } from '#lib/conversions/reference/list-style-kits.ts';
import { cursorText } from '#lib/core/cursor.ts';
import { fail, succeed } from '#lib/core/result.ts';
import { brandInput } from '#lib/gallery/brand/input.ts';
import { setColour } from '#lib/gallery/brand/set-colour.ts';
import { findColour } from '#lib/gallery/brand/store.ts';
import { brand } from '../shapes/gallery.ts';
import { kit, kitPage, toKit } from '../shapes/kit.ts';

export const kitOperations = [
  accountOperation({
    at: 'GET /kits',
    id: 'listStyleKits',
    scope: null,
    input: z.object({ cursor: cursorText.optional() }),
    limit: 'account.read',
    answer: { status: 200, json: kitPage },
    handler: async ({ input }) => {
      const { items, next } = await listStyleKits(input.cursor);
      return succeed({ items: items.map(toKit), next });
    },
  }),
  accountOperation({
    at: 'GET /kits/{id}',
    id: 'getStyleKit',
    scope: null,
    input: z.object({ id: z.uuid() }),
    limit: 'account.read',
    answer: { status: 200, json: kit },
    handler: async ({ input }) => {
      const found = await findStyleKit(input.id);
      return found ? succeed(toKit(found)) : fail('notFound', `no style kit ${input.id} that visitors see`);
    },
  }),
  vendorOperation({
    at: 'GET /brand',
    id: 'getBrand',
    scope: 'gallery:read',
    input: z.object({}),
    limit: 'account.read',
    answer: { status: 200, json: brand },
    handler: async ({ actor }) => succeed({ colour: await findColour(actor.vendorId) }),
  }),
  vendorOperation({
    at: 'PUT /brand',
    id: 'setBrand',
    scope: 'gallery:write',
    input: brandInput,
    limit: 'gallery.change',
    answer: { status: 200, json: brand },
    handler: async ({ actor, input }) => {
      const set = await setColour(actor, input);
      return set.ok ? succeed({ colour: input.colour }) : set;
    },
  }),
];
