import { z } from 'zod';

/** The shapes of answers that have a name in the document: generated clients call their types so. */
export const named = z.registry<{ id: string; description?: string }>();

/** Names a shape. */
export function name<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  named.add(schema, { id });
  return schema;
}

/** A page of a list: `next` is sent as `cursor` for the page after it, and null on the last. */
export const pageOf = <Item extends z.ZodType>(id: string, item: Item) =>
  name(id, z.strictObject({ items: z.array(item), next: z.string().nullable() }));

/** A moment, ISO 8601 in UTC. */
export const moment = z.iso.datetime();
export const id = z.uuid();
export const address = z.url();
