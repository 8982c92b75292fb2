import { decodeCursor, encodeCursor } from '#lib/core/cursor.ts';
import { emptyPage, type Page } from '#lib/core/list-page.ts';
import { type LookKind, lookKinds } from '../look/kinds.ts';
import { remember } from '../public/cache.ts';
import { type AlbumBrief, type GalleryImage, toAlbumBrief, toGalleryImage } from '../public/view.ts';
import { longestSearch, toSearchTerms } from './search-terms.ts';
import type { SearchTerms } from './store.ts';
import {
  type ListedVendor,
  listCommonTags,
  listMostTried,
  listNeverTried,
  listNewestAlbums,
  listNewestImages,
  normalizeSearch,
  type Only,
  searchAlbums,
  searchImages,
  searchVendors,
} from './store.ts';

export const exploreSorts = ['newest', 'tried'] as const;
type ExploreSort = (typeof exploreSorts)[number];
const exploreKinds = ['images', 'albums', 'vendors'] as const;
export type ExploreKind = (typeof exploreKinds)[number];

/** What the address of the page asks for, as it was written. */
export type ExploreQuery = {
  readonly q: string;
  readonly tag: string;
  readonly sort: ExploreSort;
  /** Images of one kind alone: what trying them on does. */
  readonly look: LookKind | null;
  /** One kind of thing alone, with its own pages; null: the first of each. */
  readonly show: ExploreKind | null;
  readonly cursor: string | undefined;
};

/** A vendor in a list. */
export type VendorCard = {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly isVerified: boolean;
  readonly avatarUrl: string | null;
  readonly bio: string | null;
};

export type ExplorePage = {
  readonly images: Page<GalleryImage>;
  readonly albums: Page<AlbumBrief>;
  readonly vendors: Page<VendorCard>;
  /** Tags to go on with. */
  readonly tags: readonly string[];
  /** Something was asked for that is too short to be searched for. */
  readonly tooShort: boolean;
};

const imagesAPage = 24;
const cardsAPage = 24;
/** Above the images there is one row of cards; of what was searched for, two. */
const [cardsAbove, foundAbove] = [3, 6];

type DatedRow = { id: string; at: string };

function toPage<Row extends DatedRow, Item>(
  rows: readonly Row[],
  size: number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    next: rows.length > size && last ? encodeCursor('time', [last.at, last.id]) : null,
  };
}

const toVendorCard = (row: ListedVendor): VendorCard => {
  const { id, handle, businessName: name, isVerified, avatarUrl, bio } = row;
  return { id, handle, name, isVerified, avatarUrl, bio };
};

/** Reads what an address says; whatever it says wrong is as if it said nothing. */
export function toExploreQuery(given: Readonly<Record<string, string | string[] | undefined>>): ExploreQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' ? value.trim().slice(0, longestSearch) : '';
  };
  const cursor = given.cursor;
  return {
    q: text('q'),
    tag: text('tag'),
    sort: exploreSorts.find((sort) => sort === given.sort) ?? 'newest',
    look: lookKinds.find((kind) => kind === given.look) ?? null,
    show: exploreKinds.find((kind) => kind === given.show) ?? null,
    cursor: typeof cursor === 'string' ? cursor : undefined,
  };
}

/** First those that were tried, then the newest of the others: one list, in two parts. */
async function mostTried(only: Only, cursor: string | undefined): Promise<Page<GalleryImage>> {
  const resting = decodeCursor('time', cursor);
  if (resting)
    return toPage(await listNeverTried(only, resting, imagesAPage + 1), imagesAPage, toGalleryImage);
  const tried = await listMostTried(only, decodeCursor('tried', cursor), imagesAPage + 1);
  const last = tried[imagesAPage - 1];
  if (tried.length > imagesAPage && last) {
    return {
      items: tried.slice(0, imagesAPage).map(toGalleryImage),
      next: encodeCursor('tried', [last.tries, last.id]),
    };
  }
  const left = imagesAPage - tried.length;
  const others = await listNeverTried(only, null, left + 1);
  const lastOther = others[left - 1];
  // A page that is full to the last place goes on with the others from their beginning.
  const next =
    others.length > left
      ? lastOther
        ? encodeCursor('time', [lastOther.at, lastOther.id])
        : encodeCursor('time', ['9999-01-01 00:00:00+00', '00000000-0000-0000-0000-000000000000'])
      : null;
  return { items: [...tried, ...others.slice(0, left)].map(toGalleryImage), next };
}

async function browse({ tag, sort, look, show, cursor }: ExploreQuery): Promise<ExplorePage> {
  const wanted = tag ? await normalizeSearch(tag) : null;
  const only = { tag: wanted, look };
  const page = { albums: emptyPage, vendors: emptyPage, images: emptyPage, tags: [], tooShort: false };
  const from = decodeCursor('time', cursor);
  if (show === 'albums') {
    return {
      ...page,
      albums: toPage(await listNewestAlbums(from, cardsAPage + 1), cardsAPage, toAlbumBrief),
    };
  }
  const isFirst = !cursor;
  const [images, albums, tags] = await Promise.all([
    sort === 'tried'
      ? mostTried(only, cursor)
      : listNewestImages(only, from, imagesAPage + 1).then((rows) =>
          toPage(rows, imagesAPage, toGalleryImage),
        ),
    isFirst && !wanted && !look && show === null ? listNewestAlbums(null, cardsAbove + 1) : [],
    isFirst ? listCommonTags(500, 16) : [],
  ]);
  return { ...page, images, albums: toPage(albums, cardsAbove, toAlbumBrief), tags };
}

async function search(terms: SearchTerms, { look, show, cursor }: ExploreQuery): Promise<ExplorePage> {
  const from = decodeCursor('time', cursor);
  const cards = show === null ? foundAbove : cardsAPage;
  // Only images have a kind of look.
  const wants = (kind: ExploreKind) =>
    show === null ? kind === 'images' || !(cursor || look) : show === kind;
  const [images, albums, vendors] = await Promise.all([
    wants('images') ? searchImages(terms, from, imagesAPage + 1, look) : [],
    wants('albums') ? searchAlbums(terms, from, cards + 1) : [],
    wants('vendors') ? searchVendors(terms, from, cards + 1) : [],
  ]);
  return {
    images: toPage(images, imagesAPage, toGalleryImage),
    albums: toPage(albums, cards, toAlbumBrief),
    vendors: toPage(vendors, cards, toVendorCard),
    tags: [],
    tooShort: false,
  };
}

/** What visitors find: by words, by a tag, newest first or most tried first. */
export async function exploreGallery(query: ExploreQuery): Promise<ExplorePage> {
  if (query.q) {
    const terms = toSearchTerms(await normalizeSearch(query.q));
    if (terms) return search(terms, query);
    return { images: emptyPage, albums: emptyPage, vendors: emptyPage, tags: [], tooShort: true };
  }
  const key = `explore|${query.sort}|${query.look ?? ''}|${query.show ?? ''}|${query.tag}|${query.cursor ?? ''}`;
  return remember(key, async () => ({ value: await browse(query), scope: 'anyVendor' as const }));
}

/** How many images pages show that only point to the galleries, and among how many of the newest they are chosen. */
const [pointedTo, pointedAmong] = [12, 60];

/** One of each vendor in turn, in the order they come in: who brings in forty images at once does not fill a page. */
function inTurns<Image extends Pick<GalleryImage, 'vendor'>>(images: readonly Image[]): Image[] {
  const seen = new Map<string, number>();
  return images
    .map((image, at) => {
      const turn = seen.get(image.vendor.handle) ?? 0;
      seen.set(image.vendor.handle, turn + 1);
      return { image, at, turn };
    })
    .sort((one, other) => one.turn - other.turn || one.at - other.at)
    .map(({ image }) => image);
}

/** A dozen of the newest images, of as many vendors as there are, for pages that only point to the galleries. */
export async function listLatestImages(): Promise<readonly GalleryImage[]> {
  return remember('latest', async () => {
    const rows = await listNewestImages({ tag: null, look: null }, null, pointedAmong);
    return { value: inTurns(rows.map(toGalleryImage)).slice(0, pointedTo), scope: 'anyVendor' as const };
  });
}
