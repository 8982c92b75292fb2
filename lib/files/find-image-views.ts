import { listImageRows } from './store.ts';
import { type ImageView, toImageView } from './view.ts';

/**
 * The views of images by id; those that are gone are left out. Whoever calls has decided that the reader may
 * see them.
 */
export async function findImageViews(imageIds: readonly string[]): Promise<Map<string, ImageView>> {
  if (imageIds.length === 0) return new Map();
  const rows = await listImageRows(imageIds);
  return new Map(rows.map((row) => [row.imageId, toImageView(row)]));
}
