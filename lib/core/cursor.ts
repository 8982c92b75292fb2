import { z } from 'zod';

/** Where a page of a list ends: the values its order is made of, the last one an id. */
const shapes = {
  /** By time: newest or oldest. */
  time: z.tuple([z.string().regex(/^\d{4}-\d\d-\d\d [\d:.]+[+-]\d\d(:\d\d)?$/), z.uuid()]),
  /** By how often it was tried; then, of those that never were, by time. */
  tried: z.tuple([z.coerce.number().int().min(1), z.uuid()]),
  /** By hand. */
  place: z.tuple([z.coerce.number().int(), z.uuid()]),
  /** By title. */
  title: z.tuple([z.string().max(240), z.uuid()]),
  /** A vendor's albums: by hand, then by time. */
  album: z.tuple([
    z.coerce.number().int(),
    z.string().regex(/^\d{4}-\d\d-\d\d [\d:.]+[+-]\d\d(:\d\d)?$/),
    z.uuid(),
  ]),
} as const;

/** A cursor in an address; whether it is one of ours {@link decodeCursor} finds out. */
export const cursorText = z.string().max(1000);

export type CursorKind = keyof typeof shapes;
export type Cursor<Kind extends CursorKind> = z.output<(typeof shapes)[Kind]>;

/** The moment, as PostgreSQL writes it to the microsecond, and the id of the last row of a page. */
export type TimeCursor = Cursor<'time'>;

export function encodeCursor<Kind extends CursorKind>(kind: Kind, values: Cursor<Kind>): string {
  return Buffer.from(JSON.stringify([kind, ...values])).toString('base64url');
}

/** What {@link encodeCursor} made; anything else is the first page. */
export function decodeCursor<Kind extends CursorKind>(
  kind: Kind,
  text: string | undefined,
): Cursor<Kind> | null {
  if (!text || text.length > 1000) return null;
  try {
    const [said, ...values]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const parsed = shapes[kind].safeParse(values);
    return said === kind && parsed.success ? (parsed.data as Cursor<Kind>) : null;
  } catch {
    return null;
  }
}
