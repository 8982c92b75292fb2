import type { UserActor } from '#lib/core/actor.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import { pageOf } from '#lib/core/list-page.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { findPhotoRow, listPhotoRows } from './store.ts';
import { type OwnPhoto, toOwnPhoto } from './view.ts';

/** One page of a person's photos; `next` is the cursor of the page after it, null on the last. */
export type PhotoPage = { readonly photos: readonly OwnPhoto[]; readonly next: string | null };

const pageSize = 24;

/** The actor's photos, newest first. Nonsense as a cursor is the first page. */
export async function listPhotos(actor: UserActor, cursor?: string): Promise<PhotoPage> {
  const rows = await listPhotoRows(actor.userId, decodeCursor('time', cursor), pageSize + 1);
  const { items, next } = pageOf(rows, pageSize);
  return { photos: items.map(toOwnPhoto), next };
}

/** One photo of the actor's. Somebody else's is not found. */
export async function findOwnPhoto(actor: UserActor, id: string): Promise<Result<OwnPhoto>> {
  const row = await findPhotoRow(actor.userId, id);
  return row ? succeed(toOwnPhoto(row)) : fail('notFound', `photo ${id} is not one of user ${actor.userId}`);
}
