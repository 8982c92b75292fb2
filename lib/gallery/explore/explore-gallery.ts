import { decodeCursor, encodeCursor } from '#lib/core/cursor.ts';
import { emptyPage, type Page } from '#lib/core/list-page.ts';
import { type LookKind, lookKinds } from '../look/kinds.ts';
import { remember } from '../public/cache.ts';
import { type AlbumBrief, type GalleryImage, toAlbumBrief, toGalleryImage } from '../public/view.ts';
import { type BusinessKind, businessKinds } from '../vendor/kinds.ts';
import { longestSearch, spellingsOf, toSearchTerms } from './search-terms.ts';
import type { SearchTerms } from './store.ts';
import {
  type ListedVendor,
  listCities,
  listCommonTags,
  listImagesOf,
  listMostTried,
  listNewestAlbums,
  listNewestImages,
  listVendorsAt,
  normalizeSearch,
  type Only,
  type Place,
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
  /** Businesses of one kind, or of one city, and what is theirs alone. */
  readonly kind: BusinessKind | null;
  readonly city: string;
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
  readonly city: string | null;
};

export type ExplorePage = {
  readonly images: Page<GalleryImage>;
  readonly albums: Page<AlbumBrief>;
  readonly vendors: Page<VendorCard>;
  /** Tags to go on with. */
  readonly tags: readonly string[];
  /** Cities to choose from. */
  readonly cities: readonly string[];
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
  const { id, handle, businessName: name, isVerified, avatarUrl, bio, city } = row;
  return { id, handle, name, isVerified, avatarUrl, bio, city };
};

/** Of each business of a kind or a city: enough to see what it has. */
const imagesOfEach = 4;

const nothingFound: ExplorePage = {
  images: emptyPage,
  albums: emptyPage,
  vendors: emptyPage,
  tags: [],
  cities: [],
  tooShort: false,
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
    kind: businessKinds.find((kind) => kind === given.kind) ?? null,
    city: text('city'),
    cursor: typeof cursor === 'string' ? cursor : undefined,
  };
}

/** First those that were tried, then the newest of the others: one list, in two parts. */
async function mostTried(only: Only, cursor: string | undefined): Promise<Page<GalleryImage>> {
  const resting = decodeCursor('time', cursor);
  if (resting)
    return toPage(
      await listNewestImages(only, resting, imagesAPage + 1, 'never'),
      imagesAPage,
      toGalleryImage,
    );
  const tried = await listMostTried(only, decodeCursor('tried', cursor), imagesAPage + 1);
  const last = tried[imagesAPage - 1];
  if (tried.length > imagesAPage && last) {
    return {
      items: tried.slice(0, imagesAPage).map(toGalleryImage),
      next: encodeCursor('tried', [last.tries, last.id]),
    };
  }
  const left = imagesAPage - tried.length;
  const others = await listNewestImages(only, null, left + 1, 'never');
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

/** Among how many vendors cities are looked for, and how many are offered. */
const citiesShown = [2000, 60] as const;

const citiesOf = () =>
  remember('cities', async () => ({
    value: await listCities(...citiesShown),
    scope: 'anyVendor' as const,
  }));

/** Businesses of a kind or a city, and a few of the newest images of those that are shown. */
async function browsePlace(place: Place, { look, show, cursor }: ExploreQuery): Promise<ExplorePage> {
  const vendors = toPage(
    await listVendorsAt(place, decodeCursor('time', cursor), cardsAPage + 1),
    cardsAPage,
    toVendorCard,
  );
  const ids = vendors.items.map(({ id }) => id);
  const found = show === null && !cursor ? await listImagesOf(ids, imagesOfEach, imagesAPage) : [];
  const images = found.map(toGalleryImage).filter(({ lookKind }) => !look || lookKind === look);
  return { ...nothingFound, vendors, images: { items: images, next: null } };
}

async function browse({ tag, sort, look, show, cursor }: ExploreQuery): Promise<ExplorePage> {
  const wanted = tag ? spellingsOf(await normalizeSearch(tag)) : null;
  const only = { tag: wanted, look };
  const page = nothingFound;
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

async function search(
  terms: SearchTerms,
  place: Place,
  { look, show, cursor }: ExploreQuery,
): Promise<ExplorePage> {
  const from = decodeCursor('time', cursor);
  const cards = show === null ? foundAbove : cardsAPage;
  // Only images have a kind of look.
  const wants = (kind: ExploreKind) =>
    show === null ? kind === 'images' || !(cursor || look) : show === kind;
  const [images, albums, vendors] = await Promise.all([
    wants('images') ? searchImages(terms, from, imagesAPage + 1, look, place) : [],
    wants('albums') ? searchAlbums(terms, from, cards + 1, place) : [],
    wants('vendors') ? searchVendors(terms, from, cards + 1, place) : [],
  ]);
  return {
    ...nothingFound,
    images: toPage(images, imagesAPage, toGalleryImage),
    albums: toPage(albums, cards, toAlbumBrief),
    vendors: toPage(vendors, cards, toVendorCard),
  };
}

/** What visitors find: by words, by a tag, by the kind of business and its city, newest first or most tried first. */
export async function exploreGallery(query: ExploreQuery): Promise<ExplorePage> {
  const { q, kind, city } = query;
  if (q) {
    const [words, place] = await Promise.all([normalizeSearch(q), toPlace(query)]);
    const terms = toSearchTerms(words);
    const found = terms ? await search(terms, place, query) : { ...nothingFound, tooShort: true };
    return { ...found, cities: await citiesOf() };
  }
  const key = `explore|${query.sort}|${query.look ?? ''}|${query.show ?? ''}|${query.tag}|${kind ?? ''}|${city}|${query.cursor ?? ''}`;
  return remember(key, async () => {
    const page = kind || city ? await browsePlace(await toPlace(query), query) : await browse(query);
    return { value: { ...page, cities: await listCities(...citiesShown) }, scope: 'anyVendor' as const };
  });
}

const toPlace = async ({ kind, city }: ExploreQuery): Promise<Place> => ({
  kind,
  city: city ? await normalizeSearch(city) : null,
});

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
