import { findImageRows } from './store.ts';
import { type ImageView, toImageView } from './view.ts';

/** Images as pages show them, by id. The caller has decided who may see them; ids without an image are left out. */
export async function findImageViews(imageIds: readonly string[]): Promise<Map<string, ImageView>> {
  if (imageIds.length === 0) return new Map();
  const rows = await findImageRows(imageIds);
  return new Map(rows.map((row) => [row.id, toImageView(row)]));
}
