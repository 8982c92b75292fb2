import { findAlbumRow, listAlbumRows } from '#lib/gallery/album/store.ts';
import { spellingsOf, toSearchTerms } from '#lib/gallery/explore/search-terms.ts';
import {
  listCommonTags,
  listMostTried,
  listNewestAlbums,
  listNewestImages,
  searchAlbums,
  searchImages,
  searchVendors,
} from '#lib/gallery/explore/store.ts';
import {
  type ImageSelection,
  listAlbumImageRows,
  listGalleryRows,
  readFigures,
} from '#lib/gallery/library/store.ts';
import { listTagRows } from '#lib/gallery/library/tags-store.ts';
import { listEndedTrash } from '#lib/gallery/library/trash-store.ts';
import { galleryLimits, type ImageOrder } from '#lib/gallery/policy.ts';
import {
  findVisibleAlbum,
  findVisibleImage,
  findVisibleImageIn,
  listAlbumImages,
  listVendorImages,
  listVisibleAlbums,
} from '#lib/gallery/public/store.ts';
import { listAlbumEntries, listVendorEntries } from '#lib/gallery/sitemap/store.ts';
import { listDayCounts, listTopAlbums, listTopImages } from '#lib/gallery/visit/store.ts';
import { findLiveAlbumLink, listAlbumLinkRows, listLinkedImages } from '#lib/sharing/album-link/store.ts';

/** Where questions are asked: of the vendor who has most. */
export type Place = {
  vendorId: string;
  /** Some ten images, public; of any vendor. */
  albumId: string;
  album: { id: string; vendorId: string };
  imageId: string;
  /** A thousand images. */
  largeAlbumId: string;
  /** The moment and id of a public image, some way down. */
  later: [string, string];
  /** The same of the vendor's own library. */
  cursor: string;
};

/**
 * [what is asked, the call, the index that answers it; the server may choose among several; how many pages it reads at
 * most]
 */
export type Question = readonly [
  string,
  (place: Place) => Promise<unknown>,
  string | readonly string[],
  number?,
];

const all = { tag: null, look: null };
const tagged = (tag: string) => ({ tag: spellingsOf(tag), look: null });
const words = (text: string) => toSearchTerms(text) ?? { spellings: [text], words: [], patterns: [] };

/** What visitors ask. */
export const visitorQuestions: readonly Question[] = [
  ['the newest images', () => listNewestImages(all, null, 37), 'idx_images_public'],
  ['the newest images, further on', ({ later }) => listNewestImages(all, later, 37), 'idx_images_public'],
  ['the images of a tag', () => listNewestImages(tagged('t77'), null, 37), 'idx_images_tags'],
  [
    'the images of a tag, further on',
    ({ later }) => listNewestImages(tagged('t77'), later, 37),
    'idx_images_tags',
  ],
  ['the images of a tag that all have', () => listNewestImages(tagged('all'), null, 37), 'idx_images_public'],
  [
    'the newest images of a kind',
    () => listNewestImages({ tag: null, look: 'fabric' }, null, 37),
    'idx_images_public_kind',
  ],
  ['the most tried images', () => listMostTried(all, null, 37), 'idx_image_tries_most'],
  [
    'the most tried images, further on',
    () => listMostTried(all, [500, 'ffffffff-0000-4000-8000-000000000000'], 37),
    'idx_image_tries_most',
  ],
  ['the newest of the others', () => listNewestImages(all, null, 37, 'never'), 'idx_images_public'],
  ['images by a part of their title', () => searchImages(words('1a2b3'), null, 37), 'idx_images_search'],
  ['images by two letters', () => searchImages(words('1a'), null, 37), 'idx_images_search', 2_000],
  ['images by words or a tag', () => searchImages(words('t77 1a2b3'), null, 37), 'idx_images_tags'],
  ['images by a word that most titles hold', () => searchImages(words('نقش'), null, 37), 'idx_images_public'],
  ['the newest albums', () => listNewestAlbums(null, 25), 'idx_albums_public'],
  ['albums by a part of their name', () => searchAlbums(words('1a2b3'), null, 25), 'idx_albums_search'],
  ['albums by a word that all names hold', () => searchAlbums(words('آلبوم'), null, 25), 'idx_albums_public'],
  ['vendors by a part of their name', () => searchVendors(words('1a2b3'), null, 25), 'idx_vendors_found'],
  [
    'vendors by a word that all names hold',
    () => searchVendors(words('آتلیه'), null, 25),
    ['idx_vendors_created', 'idx_vendors_found'],
  ],
  ['the common tags', () => listCommonTags(500, 16), 'idx_images_public'],
  ["a vendor's albums", ({ vendorId }) => listVisibleAlbums(vendorId, null, 25), 'idx_albums_vendor_order'],
  [
    "a vendor's albums, further on",
    ({ vendorId, albumId }) => listVisibleAlbums(vendorId, [0, '2030-01-01 00:00:00+00', albumId], 25),
    'idx_albums_vendor_order',
  ],
  ["a vendor's images", ({ vendorId }) => listVendorImages(vendorId, null, 61), 'idx_images_vendor_public'],
  [
    "a vendor's images, further on",
    ({ vendorId, later }) => listVendorImages(vendorId, later, 61),
    'idx_images_vendor_public',
  ],
  ['an album', ({ albumId }) => findVisibleAlbum(albumId), 'albums_pkey'],
  [
    "an album's images by hand",
    ({ album }) => listAlbumImages(album, { order: 'manual', after: null }, 61),
    'idx_album_images_position',
  ],
  [
    "an album's images by hand, further on",
    ({ album, imageId }) => listAlbumImages(album, { order: 'manual', after: [1, imageId] }, 61),
    'idx_album_images_position',
  ],
  [
    "an album's newest images",
    ({ album }) => listAlbumImages(album, { order: 'newest', after: null }, 61),
    'images_pkey',
  ],
  [
    "a large album's newest images",
    ({ vendorId, largeAlbumId }) =>
      listAlbumImages({ id: largeAlbumId, vendorId }, { order: 'newest', after: null }, 61),
    'idx_images_vendor',
    1_500,
  ],
  [
    "a large album's images by title",
    ({ vendorId, largeAlbumId }) =>
      listAlbumImages({ id: largeAlbumId, vendorId }, { order: 'title', after: null }, 61),
    'idx_images_vendor',
    1_500,
  ],
  ['one image', ({ imageId }) => findVisibleImage(imageId), 'images_pkey'],
  [
    'one image of an album',
    ({ albumId, imageId }) => findVisibleImageIn(albumId, imageId),
    ['album_images_pkey', 'idx_album_images_position'],
  ],
  ['a linked album', () => findLiveAlbumLink('0'.repeat(64)), 'album_links_token_hash_key'],
  [
    "a linked album's images",
    ({ albumId, imageId }) =>
      listLinkedImages({ albumId, imageOrder: 'manual' }, { after: imageId, limit: 61 }),
    'stored_files_image_id_key',
  ],
  ['a part of the map, vendors', ({ vendorId }) => listVendorEntries(vendorId, null, 51), 'vendors_pkey'],
  ['a part of the map, albums', ({ albumId }) => listAlbumEntries(albumId, null, 51), 'albums_pkey'],
  [
    "a vendor's days",
    ({ vendorId, imageId }) => listDayCounts(vendorId, 'image', imageId, 30),
    'gallery_days_before_pkey',
  ],
  [
    "a vendor's images by how they were received",
    ({ vendorId }) => listTopImages(vendorId, 30, 50),
    'gallery_days_before_pkey',
    500,
  ],
  [
    "a vendor's albums by how they were received",
    ({ vendorId }) => listTopAlbums(vendorId, 30, 50),
    'gallery_days_before_pkey',
  ],
];

const library = { tag: '', q: '', after: null } as const;
/** All of one vendor's are read: behind the wall neither tags nor words are looked up in an index over everybody's. */
const allOfOne = ['idx_images_vendor', 'images_vendor_id_id_key'];
const { pageSize, albumPageSize } = galleryLimits;
const ownPage = (more: Partial<ImageSelection>) => (place: Place) =>
  listGalleryRows(place.vendorId, { show: 'all', ...library, ...more }, pageSize + 1);
const ownAlbum = (order: ImageOrder) => (place: Place) =>
  listAlbumImageRows(place.vendorId, place.largeAlbumId, order, {
    skip: albumPageSize,
    limit: albumPageSize + 1,
  });
/** Of two hundred pictures: each is looked up in four tables by indexes of three levels, and where they stand in one more. */
const ownAlbumPages = 16 * albumPageSize + 300;

/** What vendors ask of what is theirs: one of them, who has thousands of images and hundreds of albums. */
export const vendorQuestions: readonly Question[] = [
  ['the library', ownPage({}), 'idx_images_vendor'],
  ['the library, further on', (place) => ownPage({ after: place.cursor })(place), 'idx_images_vendor'],
  ['the library: hidden ones', ownPage({ show: 'hidden' }), 'idx_images_vendor_hidden'],
  [
    'the library: public ones',
    ownPage({ show: 'public' }),
    ['idx_images_vendor_public', 'idx_images_vendor'],
  ],
  ['the library: in no album', ownPage({ show: 'loose' }), 'idx_album_images_image'],
  ['the library: twins', ownPage({ show: 'twins' }), 'idx_stored_files_vendor_content'],
  ['the library: of a tag', ownPage({ tag: 't77' }), allOfOne],
  ['the library: of a tag that all have', ownPage({ tag: 'all' }), 'idx_images_vendor'],
  ['the library: of which nothing is said', ownPage({ show: 'wordless' }), 'idx_images_wordless'],
  ['the library: by words that few have', ownPage({ q: '1a2b' }), allOfOne],
  ['the library: by words that all have', ownPage({ q: 'نقش' }), allOfOne],
  ['the trash', ownPage({ show: 'trash' }), 'idx_images_trash'],
  ['what the library holds', ({ vendorId }) => readFigures(vendorId), 'idx_images_vendor', 1_000],
  ['the tags in use', ({ vendorId }) => listTagRows(vendorId, 40), allOfOne],
  [
    'the albums',
    ({ vendorId }) => listAlbumRows(vendorId),
    ['idx_albums_vendor_order', 'albums_vendor_id_id_key'],
    3_500,
  ],
  [
    'one album',
    ({ vendorId, largeAlbumId }) => findAlbumRow(vendorId, largeAlbumId),
    ['albums_pkey', 'albums_vendor_id_id_key'],
    500,
  ],
  ['a large album by hand, second page', ownAlbum('manual'), 'idx_album_images_position', ownAlbumPages],
  ['a large album, newest first', ownAlbum('newest'), 'idx_images_vendor', ownAlbumPages],
  ['a large album by title', ownAlbum('title'), 'idx_images_vendor', ownAlbumPages],
  [
    "an album's links",
    ({ vendorId, largeAlbumId }) => listAlbumLinkRows(vendorId, largeAlbumId, 50),
    'idx_album_links_album',
  ],
];

/** What the worker asks, of everybody's. */
export const workerQuestions: readonly Question[] = [
  ['trash that is over', () => listEndedTrash(30, 100), 'idx_images_trash_end'],
];
