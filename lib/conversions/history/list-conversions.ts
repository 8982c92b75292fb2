import type { UserActor } from '#lib/core/actor.ts';
import { decodeTimeCursor, encodeTimeCursor } from '#lib/core/time-cursor.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import { type HistoryFilter, listConversionRows } from '../read-store.ts';
import { type ConversionView, toConversionView } from '../view.ts';

/** One page of a history; `next` is the cursor of the page after it, null on the last. */
export type ConversionPage = { items: ConversionView[]; next: string | null };

const pageSize = 24;

/** The actor's conversions, newest first, in pages that stay stable while new ones arrive. */
export async function listConversions(
  actor: UserActor,
  { cursor, filter = { kind: 'all' } }: { cursor?: string | undefined; filter?: HistoryFilter } = {},
): Promise<ConversionPage> {
  const rows = await listConversionRows(actor.userId, filter, decodeTimeCursor(cursor), pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const imageIds = shown.flatMap((row) => [row.sourceImageId, row.resultImageId]).filter((id) => id !== null);
  const images = await findImageViews(imageIds);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toConversionView(row, images)),
    next: rows.length > pageSize && last ? encodeTimeCursor(last) : null,
  };
}
