import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';
import type { MoreImages } from '#lib/gallery/more-images.ts';
import type { GalleryImage } from '#lib/gallery/public-view.ts';
import type { ShownImage } from './shown-image.ts';

/** What a grid that grows is answered. */
export type MoreShown = { readonly images: readonly ShownImage[]; readonly next: string | null };

/** Answers a grid with its following images, 404 where there is no such list. */
export function answerMore(
  more: MoreImages | null,
  toShown: (images: readonly GalleryImage[]) => ShownImage[],
): Response {
  if (!more) return answerFailure(fail('notFound', 'no such list of images'));
  const answer: MoreShown = { images: toShown(more.images), next: more.next };
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
}
