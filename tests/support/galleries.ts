import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { addGalleryImage } from '#lib/files/upload/add-image.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { newVendor } from './files.ts';
import { quarters } from './pictures.ts';

/** A vendor with a way to make albums and pictures in them. */
export async function newGallery(more: { businessName?: string; handle?: string } = {}) {
  const { vendorId } = await newVendor();
  if (Object.keys(more).length > 0) await ownerDb().vendor.update({ where: { id: vendorId }, data: more });
  const { handle } = await db().vendor.findUniqueOrThrow({ where: { id: vendorId } });
  const actor = { kind: 'vendor', vendorId, sessionId: '' } as const;
  const source = await quarters(120, 90).jpeg().toBuffer();
  return {
    vendorId,
    handle,
    actor,
    /** A picture with real bytes, public unless said otherwise. */
    async addImage(image: { title?: string; tags?: string[]; fileName?: string; isPublic?: boolean } = {}) {
      const { fileName = 'look.jpg', isPublic = true, title = null, tags = [] } = image;
      const added = await addGalleryImage({ vendorId, fileName, source });
      if (!added.ok) throw new Error(added.detail);
      const { id } = added.value;
      await ownerDb().image.update({ where: { id }, data: { title, shownTags: tags } });
      if (isPublic) {
        const published = await publishImage(actor, id);
        if (!published.ok) throw new Error(published.detail);
      }
      return id;
    },
    async addAlbum(album: { name?: string; isPublic?: boolean; imageIds?: readonly string[] } = {}) {
      const { name = 'Album', isPublic = true, imageIds = [] } = album;
      const { id } = await ownerDb().album.create({ data: { vendorId, name, isPublic } });
      for (const [index, imageId] of imageIds.entries()) {
        await ownerDb().albumImage.create({
          data: { albumId: id, imageId, vendorId, position: (index + 1) * 1024 },
        });
      }
      return id;
    },
  };
}

/** What a link to an album lets nobody do, unless told otherwise. */
export const plainManners = {
  mayDownload: false,
  hasPicks: false,
  hasMark: false,
  givesSent: false,
  closingWords: null,
} as const;

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

/** A vendor as actions know one. */
export async function vendorActor(): Promise<VendorActor> {
  const { vendorId } = await newVendor();
  return { kind: 'vendor', vendorId, sessionId: '' };
}

let made = 0;

/** A small picture like no other, unless told which. */
export function pictureOf(width = 0): Promise<Buffer> {
  made += 1;
  return quarters(width || 40 + (made % 200), 40 + Math.floor(made / 200))
    .jpeg()
    .toBuffer();
}

/** Brings pictures into a vendor's gallery, through the real path; answers their ids. */
export async function bring(actor: VendorActor, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const source = await pictureOf();
    const fileName = `look-${n + 1}.jpg`;
    ids.push(must(await addGalleryImage({ vendorId: actor.vendorId, fileName, source })).id);
  }
  return ids;
}
