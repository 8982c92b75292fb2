import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import type { PhotoLife } from '../policy.ts';
import { updateLife } from './store.ts';

/** Says how long a photo is kept; the sweep carries it out. Answers its end in ISO 8601, null for none. */
export async function setPhotoLife(
  actor: UserActor,
  { id, life }: { id: string; life: PhotoLife },
): Promise<Result<{ expiresAt: string | null }>> {
  return transact<{ expiresAt: string | null }>(async (tx) => {
    const set = await updateLife(tx, actor.userId, id, life);
    if (!set) return fail('notFound', `photo ${id} is not one of user ${actor.userId}`);
    await recordEvent(tx, actor, 'image.life', {
      resource: 'image',
      resourceId: id,
      metadata: { life },
    });
    return succeed({ expiresAt: set.expiresAt?.toISOString() ?? null });
  });
}
