import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';
import type { More } from '#lib/gallery/explore/more-items.ts';

/** What a list that grows is answered. */
export type MoreShown<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** Answers a list with what follows in it, 404 where there is no such list. */
export function answerMore<Item, Shown>(
  more: More<Item> | null,
  toShown: (items: readonly Item[]) => readonly Shown[],
): Response {
  if (!more) return answerFailure(fail('notFound', 'no such list'));
  const answer: MoreShown<Shown> = { items: toShown(more.items), next: more.next };
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
}
