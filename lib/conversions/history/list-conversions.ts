import type { UserActor } from '#lib/core/actor.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import { type HistoryFilter, listConversionRows } from '../read-store.ts';
import { type ConversionView, toConversionView } from '../view.ts';

export type ConversionPage = Page<ConversionView>;

const pageSize = 24;

/** The actor's conversions, newest first, in pages that stay stable while new ones arrive. */
export async function listConversions(
  actor: UserActor,
  { cursor, filter = { kind: 'all' } }: { cursor?: string | undefined; filter?: HistoryFilter } = {},
): Promise<ConversionPage> {
  const rows = await listConversionRows(actor.userId, filter, decodeCursor('time', cursor), pageSize + 1);
  const { items: shown, next } = pageOf(rows, pageSize);
  const imageIds = shown.flatMap((row) => [row.sourceImageId, row.resultImageId]).filter((id) => id !== null);
  const images = await findImageViews(imageIds);
  return { items: shown.map((row) => toConversionView(row, images)), next };
}
