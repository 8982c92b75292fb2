import type { TestDatabase } from '#scripts/rig/database.ts';
import type { World } from './actors.ts';

/** What the doors of a gallery need to be opened with. */
export type GalleryPlace = AlbumPlace & { galleryImageId: string };

type AlbumPlace = { albumId: string; otherAlbumId: string; trashedImageId: string };

/** Two albums of the vendor's, and a picture in the trash. */
export async function albumPlace(database: TestDatabase, { vendorId }: World): Promise<AlbumPlace> {
  const albums = await database.query<{ id: string }>(
    `INSERT INTO albums (vendor_id, name) VALUES ($1, 'one'), ($1, 'two') RETURNING id`,
    [vendorId],
  );
  const images = await database.query<{ id: string }>(
    `INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type, deleted_at)
     VALUES ($1, 'vendor', 'old.jpg', '/old', 1, 'image/jpeg', now()) RETURNING id`,
    [vendorId],
  );
  await database.query('INSERT INTO offers (image_id, vendor_id) VALUES ($1, $2)', [images[0]?.id, vendorId]);
  const [albumId = '', otherAlbumId = ''] = albums.map(({ id }) => id);
  return { albumId, otherAlbumId, trashedImageId: images[0]?.id ?? '' };
}

type GalleryEntry = {
  for: 'vendor';
  input: (place: GalleryPlace) => unknown;
  owned: boolean;
};

const own = (input: GalleryEntry['input'], owned = true): GalleryEntry => ({ for: 'vendor', input, owned });

const business = {
  businessName: 'x',
  bio: '',
  kind: '',
  city: '',
  contactPhone: '',
  email: '',
  address: '',
  website: '',
  instagram: '',
  telegram: '',
  whatsapp: '',
  bale: '',
  eitaa: '',
};

/** Every door of a vendor's gallery. */
export const galleryActions: Record<string, GalleryEntry> = {
  'gallery.updateBusiness': own(() => business, false),
  'gallery.setBrandColour': own(() => ({ colour: '#aa3366' }), false),
  'gallery.changeHandle': own(() => ({ handle: `shop-${process.pid}` }), false),
  'gallery.createAlbum': own(() => ({ title: 'x' }), false),
  'gallery.updateAlbum': own(({ albumId }) => ({
    id: albumId,
    title: 'y',
    description: '',
    imageOrder: 'manual',
    isStyleKit: false,
  })),
  'gallery.dropSentFiles': own(({ albumId }) => ({ id: albumId })),
  'gallery.publishAlbum': own(({ albumId }) => ({ id: albumId, isPublic: true })),
  'gallery.moveAlbum': own(({ albumId }) => ({ id: albumId, before: null })),
  'gallery.fillAlbum': own(({ albumId, galleryImageId }) => ({ id: albumId, imageIds: [galleryImageId] })),
  'gallery.chooseCover': own(({ albumId, galleryImageId }) => ({ id: albumId, imageId: galleryImageId })),
  'gallery.orderImages': own(({ albumId, galleryImageId }) => ({
    id: albumId,
    imageIds: [galleryImageId],
    before: null,
    version: 1,
  })),
  'gallery.transferImages': own(({ albumId, otherAlbumId, galleryImageId }) => ({
    from: albumId,
    to: otherAlbumId,
    imageIds: [galleryImageId],
  })),
  'gallery.takeFromAlbum': own(({ otherAlbumId, galleryImageId }) => ({
    id: otherAlbumId,
    imageIds: [galleryImageId],
  })),
  'gallery.deleteAlbum': own(({ otherAlbumId }) => ({ id: otherAlbumId })),
  'gallery.editImage': own(({ galleryImageId }) => ({
    id: galleryImageId,
    title: 'x',
    altText: 'x',
    tags: ['y'],
  })),
  'gallery.describeImages': own(({ galleryImageId }) => ({ images: [{ id: galleryImageId, altText: 'x' }] })),
  'gallery.tagImages': own(({ galleryImageId }) => ({ ids: [galleryImageId], add: ['z'], remove: [] })),
  'gallery.setImagesLook': own(({ galleryImageId }) => ({ ids: [galleryImageId], kind: 'fabric' })),
  'gallery.setEmbedHosts': own(() => ({ hosts: 'shop.example.ir' }), false),
  'gallery.saveOffer': own(({ galleryImageId }) => ({
    id: galleryImageId,
    price: '1000',
    variants: '',
    inStock: true,
    link: '',
    booking: '',
    contact: '',
  })),
  'gallery.removeOffer': own(({ trashedImageId }) => ({ id: trashedImageId })),
  'gallery.publishImages': own(({ galleryImageId }) => ({ ids: [galleryImageId] })),
  'gallery.unpublishImages': own(({ galleryImageId }) => ({ ids: [galleryImageId] })),
  'gallery.trashImages': own(({ galleryImageId }) => ({ ids: [galleryImageId] })),
  'gallery.restoreImages': own(({ galleryImageId }) => ({ ids: [galleryImageId] })),
  'gallery.purgeImages': own(({ trashedImageId }) => ({ ids: [trashedImageId] })),
  'gallery.emptyTrash': own(() => ({}), false),
};
