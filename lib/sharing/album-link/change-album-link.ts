import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { hashLinkPassword } from '../link-password.ts';
import { linkLimits } from '../policy.ts';
import type { UpdateAlbumLink } from './input.ts';
import {
  countLiveAlbumLinks,
  type LinkManners,
  lockOwnAlbumLink,
  revokeAlbumLinkRow,
  updateAlbumLinkRow,
} from './store.ts';

/** What of a link's manners is written down; its words are its visitors' to read. */
export const noted = ({ mayDownload, givesSent, hasPicks, hasMark, closingWords }: LinkManners) => ({
  mayDownload,
  givesSent,
  hasPicks,
  hasMark,
  hasClosing: closingWords !== null,
});

/**
 * Changes a link of the actor's: its name, end, password and download. Its address stays; another password, or
 * none, holds for everybody from now on. A link that has ended opens again when it is given a new end. Fails with
 * `notFound` when it is not the actor's or was revoked, `link.tooMany` when it would be one too many, `auth.busy`
 * when too many passwords are hashed.
 */
export async function updateAlbumLink(
  actor: VendorActor,
  { id, name, days, password, isOpen, ...manners }: UpdateAlbumLink,
): Promise<Result<null>> {
  const hashed = password === null || isOpen ? succeed(null) : await hashLinkPassword(password);
  if (!hashed.ok) return hashed;
  const passwordHash = isOpen ? null : (hashed.value ?? undefined);
  const newDays = days === 'same' ? undefined : days;
  return transact(async (tx) => {
    const link = await lockOwnAlbumLink(tx, actor.vendorId, id);
    if (!link) return fail('notFound', `link ${id} is not an open one of vendor ${actor.vendorId}`);
    const { albumId, isAlive } = link;
    const returns = !isAlive && newDays !== undefined;
    if (returns && (await countLiveAlbumLinks(tx, albumId)) >= linkLimits.alive) {
      return fail('link.tooMany', `album ${albumId} has ${linkLimits.alive} links`);
    }
    await updateAlbumLinkRow(tx, id, { name, passwordHash, days: newDays, ...manners });
    await recordEvent(tx, actor, 'link.update', {
      resource: 'album',
      resourceId: albumId,
      metadata: {
        linkId: id,
        days,
        password: passwordHash === undefined ? 'same' : passwordHash === null ? 'none' : 'new',
        ...noted(manners),
      },
    });
    return succeed(null);
  });
}

/** Ends a link at once, page and pictures. Fails with `notFound` when it is not the actor's or has been ended. */
export async function revokeAlbumLink(actor: VendorActor, id: string): Promise<Result<null>> {
  return transact(async (tx) => {
    const albumId = await revokeAlbumLinkRow(tx, actor.vendorId, id);
    if (!albumId) return fail('notFound', `link ${id} is not an open one of vendor ${actor.vendorId}`);
    await recordEvent(tx, actor, 'link.revoke', {
      resource: 'album',
      resourceId: albumId,
      metadata: { linkId: id },
    });
    return succeed(null);
  });
}
