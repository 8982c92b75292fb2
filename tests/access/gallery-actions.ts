/** What the doors of a gallery need to be opened with. */
export type GalleryPlace = { galleryImageId: string };

type GalleryEntry = {
  for: 'vendor';
  input: (place: GalleryPlace) => unknown;
  owned: boolean;
  opens?: string;
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
  eitaa: '',
};

/** Every door of a vendor's gallery. */
export const galleryActions: Record<string, GalleryEntry> = {
  'gallery.updateBusiness': own(() => business, false),
  'gallery.changeHandle': own(() => ({ handle: `shop-${process.pid}` }), false),
};
