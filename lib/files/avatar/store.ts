import type { Tx } from '#lib/db/transact.ts';
import { type Owner, ownerColumns } from '../image/store.ts';

/** A picture of a face: a stored file that belongs to no image, so nothing is charged for it. */
export type NewAvatar = {
  readonly fileId: string;
  readonly url: string;
  readonly sha256: string;
  readonly variants: Readonly<Record<string, Readonly<Record<'bytes' | 'width' | 'height', number>>>>;
};

const fileIdIn = (url: string | null) => /^\/api\/files\/([0-9a-f]{32})\//.exec(url ?? '')?.[1] ?? null;

/** Puts another avatar (or none) in the place of the one before; answers the file that is not needed any more. */
export async function replaceAvatar(tx: Tx, owner: Owner, avatar: NewAvatar | null): Promise<string | null> {
  const { userId, vendorId } = ownerColumns(owner);
  // The row is locked first: of two changes at once, each takes away the one before it.
  const [row] = userId
    ? await tx.$queryRaw<{ url: string | null }[]>`
        SELECT avatar_url AS url FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`
    : await tx.$queryRaw<{ url: string | null }[]>`
        SELECT avatar_url AS url FROM vendors WHERE id = ${vendorId}::uuid FOR NO KEY UPDATE`;
  if (!row) return null;
  if (avatar) {
    const byteSize = Object.values(avatar.variants).reduce((sum, { bytes }) => sum + bytes, 0);
    const { fileId: id, sha256, variants } = avatar;
    await tx.storedFile.create({
      data: { id, userId, vendorId, isPublic: true, byteSize, sha256, variants },
    });
  }
  const data = { avatarUrl: avatar?.url ?? null };
  if (userId) await tx.user.update({ where: { id: userId }, data });
  else await tx.vendor.update({ where: { id: vendorId ?? '' }, data });
  const old = fileIdIn(row.url);
  if (old) await tx.storedFile.deleteMany({ where: { id: old, imageId: null, userId, vendorId } });
  return old;
}
