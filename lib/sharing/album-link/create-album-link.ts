import { randomUUID } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { hashLinkPassword } from '../link-password.ts';
import { hashLinkToken, linkTokenOf } from '../link-token.ts';
import { linkLimits } from '../policy.ts';
import { noted } from './change-album-link.ts';
import type { CreateAlbumLink } from './input.ts';
import { countLiveAlbumLinks, insertAlbumLink, isLinkOfAlbum, lockOwnAlbum } from './store.ts';

/**
 * Makes a link to one of the actor's albums, public or not. Fails with `notFound` when it is not the actor's,
 * `link.tooMany` when twenty are alive, `auth.busy` when too many passwords are hashed. Asked for again under its `id`, it is
 * the one that was made.
 */
export async function createAlbumLink(
  actor: VendorActor,
  { albumId, name, days, password, ...manners }: CreateAlbumLink,
  id: string = randomUUID(),
): Promise<Result<{ id: string; path: string }>> {
  // Hashed before the transaction: nobody waits for it with locks in hand.
  const hashed = password === null ? succeed(null) : await hashLinkPassword(password);
  if (!hashed.ok) return hashed;
  const token = linkTokenOf('album', id);
  const { vendorId } = actor;
  return transact(async (tx) => {
    if (!(await lockOwnAlbum(tx, vendorId, albumId))) {
      return fail('notFound', `album ${albumId} is not one of vendor ${vendorId}`);
    }
    if (await isLinkOfAlbum(tx, albumId, id)) return succeed({ id, path: `/a/${token}` });
    if ((await countLiveAlbumLinks(tx, albumId)) >= linkLimits.alive) {
      return fail('link.tooMany', `album ${albumId} has ${linkLimits.alive} links`);
    }
    const passwordHash = hashed.value;
    const tokenHash = hashLinkToken(token);
    await insertAlbumLink(tx, { id, vendorId, albumId, tokenHash, name, passwordHash, days, ...manners });
    await recordEvent(tx, actor, 'link.create', {
      resource: 'album',
      resourceId: albumId,
      metadata: { linkId: id, days, hasPassword: passwordHash !== null, ...noted(manners) },
    });
    return succeed({ id, path: `/a/${token}` });
  });
}
