import { z } from 'zod';

/** Where a page of a list that is sorted by time, then by id, ends. The time is PostgreSQL's own text, to the microsecond. */
export type TimeCursor = { readonly at: string; readonly id: string };

const shape = z.tuple([z.string().regex(/^\d{4}-\d\d-\d\d [\d:.]+[+-]\d\d(:\d\d)?$/), z.uuid()]);

export function encodeTimeCursor({ at, id }: TimeCursor): string {
  return Buffer.from(`${at}_${id}`).toString('base64url');
}

/** What {@link encodeTimeCursor} made; anything else counts as the first page. */
export function decodeTimeCursor(text: string | undefined): TimeCursor | null {
  if (!text || text.length > 200) return null;
  const parsed = shape.safeParse(Buffer.from(text, 'base64url').toString('utf8').split('_'));
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
}
