import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { writeFavourite, writeTitle } from './store.ts';

/** Gives a conversion a title of the owner's own; null takes it away, and the style's name stands again. */
export async function renameConversion(
  actor: UserActor,
  { id, title }: { id: string; title: string | null },
): Promise<Result<{ title: string | null }>> {
  if (await writeTitle(actor.userId, id, title)) return succeed({ title });
  return fail('notFound', `conversion ${id} is not one of user ${actor.userId}`);
}

/** Marks a conversion as a favourite, or takes the mark away. Doing it twice changes nothing more. */
export async function markFavourite(
  actor: UserActor,
  { id, isFavourite }: { id: string; isFavourite: boolean },
): Promise<Result<{ isFavourite: boolean }>> {
  if (await writeFavourite(actor.userId, id, isFavourite)) return succeed({ isFavourite });
  return fail('notFound', `conversion ${id} is not one of user ${actor.userId}`);
}
