import { db } from '#lib/db/client.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { addGalleryImage } from '#lib/files/upload/add-photo.ts';
import { newVendor } from './files.ts';
import { quarters } from './pictures.ts';

/** A vendor with a way to make albums and pictures in them. */
export async function newGallery(more: { businessName?: string; handle?: string } = {}) {
  const { vendorId } = await newVendor();
  if (Object.keys(more).length > 0) await db().vendor.update({ where: { id: vendorId }, data: more });
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
      await db().image.update({ where: { id }, data: { title, tags } });
      if (isPublic) {
        const published = await publishImage(actor, id);
        if (!published.ok) throw new Error(published.detail);
      }
      return id;
    },
    async addAlbum(album: { name?: string; isPublic?: boolean; imageIds?: readonly string[] } = {}) {
      const { name = 'Album', isPublic = true, imageIds = [] } = album;
      const { id } = await db().album.create({ data: { vendorId, name, isPublic } });
      for (const [index, imageId] of imageIds.entries()) {
        await db().albumImage.create({
          data: { albumId: id, imageId, vendorId, position: (index + 1) * 1024 },
        });
      }
      return id;
    },
  };
}
