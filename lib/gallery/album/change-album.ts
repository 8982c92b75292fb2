import { randomUUID } from 'node:crypto';
import type { AuditAction } from '#lib/audit/audit-actions.ts';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { galleryLimits } from '../policy.ts';
import type { AlbumInput } from './input.ts';
import { moveAlbumRow } from './order-store.ts';
import { deleteAlbumRow, insertAlbum, updateAlbumRow, updateCover } from './store.ts';

/**
 * One change to one album of the vendor's, written down in the same transaction; not found when the change
 * finds nothing of this vendor's to change.
 */
async function changeAlbum(
  actor: VendorActor,
  albumId: string,
  event: AuditAction,
  change: (tx: Tx) => Promise<boolean>,
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await change(tx)))
      return fail('notFound', `nothing of album ${albumId} of vendor ${actor.vendorId}`);
    await recordEvent(tx, actor, event, { resource: 'album', resourceId: albumId });
    return succeed(null);
  });
}

/** Makes an empty album that nobody else sees yet. Asked for again under its `id`, it is the one that was made. */
export async function createAlbum(
  actor: VendorActor,
  { title }: { title: string },
  id: string = randomUUID(),
): Promise<Result<{ id: string }>> {
  return transact(async (tx) => {
    const made = await insertAlbum(
      tx,
      { id, vendorId: actor.vendorId, name: title },
      galleryLimits.maxAlbums,
    );
    if (made === 'before') return succeed({ id });
    if (made === 'too many')
      return fail('album.tooMany', `vendor ${actor.vendorId} has all the albums there may be`);
    await recordEvent(tx, actor, 'album.create', { resource: 'album', resourceId: id });
    return succeed({ id });
  });
}

/** Renames and describes an album, says how its images are ordered, whether it is a style kit and whether it keeps sent files. */
export async function updateAlbum(actor: VendorActor, input: AlbumInput): Promise<Result<null>> {
  const { id, title, description, imageOrder, isStyleKit, keepsSent } = input;
  return changeAlbum(actor, id, 'album.update', (tx) =>
    updateAlbumRow(tx, actor.vendorId, id, {
      name: title,
      description: description || null,
      imageOrder,
      isStyleKit,
      ...(keepsSent !== undefined && { keepsSent }),
    }),
  );
}

/** Shows an album to everybody, or hides it. Its images keep their own standing: visitors see those that are public. */
export async function publishAlbum(
  actor: VendorActor,
  { id, isPublic }: { id: string; isPublic: boolean },
): Promise<Result<null>> {
  return changeAlbum(actor, id, isPublic ? 'album.publish' : 'album.hide', (tx) =>
    updateAlbumRow(tx, actor.vendorId, id, { isPublic }),
  );
}

/** Makes one of an album's images its cover; null leaves it to the first of them. */
export async function chooseCover(
  actor: VendorActor,
  { id, imageId }: { id: string; imageId: string | null },
): Promise<Result<null>> {
  return changeAlbum(actor, id, 'album.update', (tx) => updateCover(tx, actor.vendorId, id, imageId));
}

/** Deletes an album. Its images stay in the gallery and in other albums. */
export async function deleteAlbum(actor: VendorActor, { id }: { id: string }): Promise<Result<null>> {
  return changeAlbum(actor, id, 'album.delete', (tx) => deleteAlbumRow(tx, actor.vendorId, id));
}

/** Puts one of a vendor's albums before another, or last. */
export async function moveAlbum(
  actor: VendorActor,
  { id, before }: { id: string; before: string | null },
): Promise<Result<null>> {
  return transact(async (tx) => {
    await moveAlbumRow(tx, actor.vendorId, id, before);
    return succeed(null);
  });
}
