import { createHash } from 'node:crypto';
import { db } from '#lib/db/client.ts';
import { findImageViews } from '../image/find-image-views.ts';
import type { ImageView } from '../image/view.ts';
import { findPhotoIdBySent } from './store.ts';

/** SHA-256 of what was sent, in hex: the browser computes the same before it sends. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The user's photo that was sent as exactly these bytes and is still kept; null when there is none. */
export async function findKeptPhoto(userId: string, sentSha256: string): Promise<ImageView | null> {
  const id = await findPhotoIdBySent(db(), userId, sentSha256);
  return id ? ((await findImageViews([id])).get(id) ?? null) : null;
}
