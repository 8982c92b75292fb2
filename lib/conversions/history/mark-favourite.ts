import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { writeFavourite } from './store.ts';

/** Marks a conversion as a favourite, or takes the mark away. Doing it twice changes nothing more. */
export async function markFavourite(
  actor: UserActor,
  { id, isFavourite }: { id: string; isFavourite: boolean },
): Promise<Result<{ isFavourite: boolean }>> {
  if (await writeFavourite(actor.userId, id, isFavourite)) return succeed({ isFavourite });
  return fail('notFound', `conversion ${id} is not one of user ${actor.userId}`);
}
