import { randomUUID } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { readCard } from '#lib/files/image/read-card.ts';
import { hashLinkPassword } from '../link-password.ts';
import { hashLinkToken, linkTokenOf } from '../link-token.ts';
import { type LinkLife, linkLimits } from '../policy.ts';
import { countLiveLinks, insertLink, isLinkOf, lockShareable } from './store.ts';

/**
 * Makes a link to one of the actor's results. Fails with `notFound` when there is no such result (or it waits
 * for moderation), `link.tooMany` when twenty are alive, `auth.busy` when too many passwords are hashed. Asked for again
 * under its `id`, it is the one that was made.
 */
export async function createResultLink(
  actor: UserActor,
  { conversionId, days, password }: { conversionId: string; days: LinkLife; password: string | null },
  id: string = randomUUID(),
): Promise<Result<{ id: string; path: string }>> {
  // Hashed before the transaction: nobody waits for it with locks in hand.
  const hashed = password === null ? succeed(null) : await hashLinkPassword(password);
  if (!hashed.ok) return hashed;
  const token = linkTokenOf('conversion', id);
  let shown: string | null = null;
  const made = await transact<{ id: string; path: string }>(async (tx) => {
    shown = await lockShareable(tx, actor.userId, conversionId);
    if (!shown) {
      return fail('notFound', `conversion ${conversionId} is no result of user ${actor.userId}`);
    }
    if (await isLinkOf(tx, conversionId, id)) return succeed({ id, path: `/s/${token}` });
    if ((await countLiveLinks(tx, conversionId)) >= linkLimits.alive) {
      return fail('link.tooMany', `conversion ${conversionId} has ${linkLimits.alive} links`);
    }
    const passwordHash = hashed.value;
    await insertLink(tx, { id, conversionId, tokenHash: hashLinkToken(token), passwordHash, days });
    await recordEvent(tx, actor, 'link.create', {
      resource: 'conversion',
      resourceId: conversionId,
      metadata: { linkId: id, days, hasPassword: passwordHash !== null },
    });
    return succeed({ id, path: `/s/${token}` });
  });
  // Made now, in the owner's time: those who see the link shared elsewhere find it ready.
  if (made.ok && shown && password === null) await readCard(shown, 'person');
  return made;
}
