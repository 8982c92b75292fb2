import { z } from 'zod';
import { isStyleName } from '#lib/styles/catalogue.ts';

/** A photo of one's own and a preset. */
export const requestConversionInput = z.object({
  imageId: z.uuid(),
  style: z.string().max(64).refine(isStyleName, { error: 'style.unknown' }),
});

export const conversionIdInput = z.object({ id: z.uuid() });

/** `<timestamp>_<id>` as {@link encodeCursor} makes it; anything else counts as the first page. */
const cursorInput = z.tuple([z.string().regex(/^\d{4}-\d\d-\d\d [\d:.]+[+-]\d\d(:\d\d)?$/), z.uuid()]);

export function decodeCursor(text: string | undefined): { at: string; id: string } | null {
  const parsed = cursorInput.safeParse(
    Buffer.from(text ?? '', 'base64url')
      .toString('utf8')
      .split('_'),
  );
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
}

export function encodeCursor(cursor: { at: string; id: string }): string {
  return Buffer.from(`${cursor.at}_${cursor.id}`).toString('base64url');
}
