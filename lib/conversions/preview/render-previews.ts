import { log } from '#lib/core/log.ts';
import { readVariant } from '#lib/files/image/read-image.ts';
import { type StyleFamily, type StyleName, styles } from '#lib/styles/catalogue.ts';
import type { PreviewPainter } from '#lib/styles/node/preview-painter.ts';
import { listMissingPreviews, savePreview } from './store.ts';

/** What is quick to paint comes first, so that there is something to look at at once. */
const quickness: Record<StyleFamily, number> = {
  photographic: 0,
  portrait: 1,
  graphic: 2,
  drawing: 3,
  painting: 4,
};

const order = new Map<StyleName, number>(
  [...styles]
    .sort((one, two) => quickness[one.family] - quickness[two.family])
    .map(({ name }, place) => [name, place]),
);

const names = styles.map(({ name }) => name);

/**
 * Paints a photo in every style that has no preview yet and keeps each as soon as it is there. Repeating it does
 * only what is missing. Does nothing for a photo that is gone.
 */
export async function renderPreviews(
  imageId: string,
  { painter, signal }: { painter: PreviewPainter; signal: AbortSignal },
): Promise<void> {
  const missing = await listMissingPreviews(imageId, names);
  if (missing.length === 0) return;
  const photo = await readVariant(imageId, 'w640');
  if (!photo.ok) {
    log.info({ imageId, detail: photo.detail }, 'no previews of a photo without a file');
    return;
  }
  const wanted = missing.sort((one, two) => (order.get(one) ?? 0) - (order.get(two) ?? 0));
  // One after the other: they are small, and the next is still being painted.
  let saved = Promise.resolve();
  const painted = painter.paint(photo.value, wanted, {
    signal,
    onPreview: (style, bytes) => {
      saved = saved.then(() => savePreview(imageId, style, bytes));
      saved.catch(() => undefined);
    },
  });
  await painted.finally(() => saved);
}
