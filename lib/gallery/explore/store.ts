import type { Cursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import { askPublic } from '#lib/db/replica.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { LookKind } from '../look/kinds.ts';
import { albumColumns, albumHasImages, imageColumns } from '../public/columns-store.ts';
import type { ListedAlbum, ListedImage } from '../public/store.ts';
import type { BusinessKind } from '../vendor/kinds.ts';

/** What visitors find across all vendors. */

/** A text in the form in which names, titles and tags are compared. */
export async function normalizeSearch(text: string): Promise<string> {
  const [row] = await askPublic<{ text: string }>`SELECT normalize_search(${text}) AS text`;
  return row?.text ?? '';
}

/** The condition that a text holds every word. The expression is the one that the search indexes are made of. */
function holdsWords(expression: Prisma.Sql, { patterns }: SearchTerms): Prisma.Sql {
  const each = patterns.map((some) => {
    const matches = some.map((pattern) => Prisma.sql`${expression} LIKE ${pattern}`);
    return Prisma.sql`(${Prisma.join(matches, ' OR ')})`;
  });
  return Prisma.join(each, ' AND ');
}

const listed = Prisma.sql`${imageColumns}, 0 AS position`;

/** Businesses of one kind, or of one city (normalised), alone. */
export type Place = { readonly kind: BusinessKind | null; readonly city: string | null };
const anywhere: Place = { kind: null, city: null };

/** Of `vendors v`; the expressions are those of its indexes. */
function standsAt({ kind, city }: Place): Prisma.Sql {
  const ofKind = kind ? Prisma.sql`AND v.profile_info ->> 'kind' = ${kind}` : Prisma.empty;
  return city ? Prisma.sql`${ofKind} AND normalize_search(v.profile_info ->> 'city') = ${city}` : ofKind;
}

/** Images with a tag alone, in any of its spellings, or of one kind of look. */
export type Only = { readonly tag: readonly string[] | null; readonly look: LookKind | null };

function matching({ tag, look }: Only): Prisma.Sql {
  const tagged = tag ? Prisma.sql`AND i.tags && ${[...tag]}::text[]` : Prisma.empty;
  return look ? Prisma.sql`${tagged} AND i.look_kind = ${look}` : tagged;
}

/** The newest images of all vendors, or some of them; or of those that nobody has tried. */
export async function listNewestImages(
  only: Only,
  after: Cursor<'time'> | null,
  limit: number,
  tried: 'or not' | 'never' = 'or not',
): Promise<ListedImage[]> {
  const untried =
    tried === 'never'
      ? Prisma.sql`AND NOT EXISTS (SELECT 1 FROM image_tries t WHERE t.image_id = i.id AND t.tries > 0)`
      : Prisma.empty;
  return askPublic<ListedImage>`
    SELECT ${listed} FROM visible_images i WHERE true ${untried} ${matching(only)} ${olderThan('i', after)}
    ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`;
}

export type TriedImage = ListedImage & { tries: number };

/** The images that were tried most, or those of them with a tag. */
export async function listMostTried(
  only: Only,
  after: Cursor<'tried'> | null,
  limit: number,
): Promise<TriedImage[]> {
  const wanted = matching(only);
  const rest = after
    ? Prisma.sql`AND (t.tries, t.image_id) < (${after[0]}::int, ${after[1]}::uuid)`
    : Prisma.empty;
  return askPublic<TriedImage>`
    SELECT ${listed}, t.tries FROM image_tries t JOIN visible_images i ON i.id = t.image_id
    WHERE t.tries > 0 ${wanted} ${rest} ORDER BY t.tries DESC, t.image_id DESC LIMIT ${limit}`;
}

/**
 * The newest images of active vendors that something is true of, at most so many. They are sorted before it is asked
 * whose they are: two letters are found a thousand times, and shown some thirty times. (Sorted once more, or without
 * OFFSET 0, the server would ask of all.)
 */
const newestWhere = (condition: Prisma.Sql, limit: number, place: Place) => Prisma.sql`(
  SELECT found.id FROM (
    SELECT i.id, i.vendor_id FROM published_images i WHERE ${condition} ORDER BY i.created_at DESC, i.id DESC OFFSET 0
  ) found WHERE (SELECT v.is_active ${standsAt(place)} FROM vendors v WHERE v.id = found.vendor_id) LIMIT ${limit})`;

/** Images whose title holds the words or whose tags are what is searched for, newest first; of one kind, if one is named. */
export async function searchImages(
  terms: SearchTerms,
  after: Cursor<'time'> | null,
  limit: number,
  look: LookKind | null = null,
  place: Place = anywhere,
): Promise<ListedImage[]> {
  const { spellings, words } = terms;
  const older = Prisma.sql`${matching({ tag: null, look })} ${olderThan('i', after)}`;
  const titled = Prisma.sql`i.title_search IS NOT NULL AND ${holdsWords(Prisma.sql`i.title_search`, terms)}`;
  // Each part by its own index, and never more of it than a page.
  return askPublic<ListedImage>`
    SELECT ${listed} FROM visible_images i WHERE i.id IN (
      ${newestWhere(Prisma.sql`${titled} ${older}`, limit, place)}
      UNION ALL ${newestWhere(Prisma.sql`i.tags && ${[...spellings]}::text[] ${older}`, limit, place)}
      UNION ALL ${newestWhere(Prisma.sql`i.tags @> ${[...words]}::text[] ${older}`, limit, place)}
    ) ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`;
}

/** The newest albums that have something to show. */
export async function listNewestAlbums(after: Cursor<'time'> | null, limit: number): Promise<ListedAlbum[]> {
  return askPublic<ListedAlbum>`
    SELECT ${albumColumns} FROM visible_albums a WHERE ${albumHasImages} ${olderThan('a', after)}
    ORDER BY a.created_at DESC, a.id DESC LIMIT ${limit}`;
}

/** Albums whose name holds the words, newest first. */
export async function searchAlbums(
  terms: SearchTerms,
  after: Cursor<'time'> | null,
  limit: number,
  place: Place = anywhere,
): Promise<ListedAlbum[]> {
  const isSomewhere = place.kind !== null || place.city !== null;
  const there = isSomewhere
    ? Prisma.sql`AND EXISTS (SELECT 1 FROM vendors v WHERE v.id = a.vendor_id ${standsAt(place)})`
    : Prisma.empty;
  return askPublic<ListedAlbum>`
    SELECT ${albumColumns} FROM visible_albums a
    WHERE ${holdsWords(Prisma.sql`a.name_search`, terms)} AND ${albumHasImages} ${there} ${olderThan('a', after)}
    ORDER BY a.created_at DESC, a.id DESC LIMIT ${limit}`;
}

export type ListedVendor = {
  id: string;
  handle: string;
  businessName: string;
  isVerified: boolean;
  avatarUrl: string | null;
  bio: string | null;
  city: string | null;
  at: string;
};

const vendorColumns = Prisma.sql`
  v.id::text, v.handle, v.business_name AS "businessName", v.is_verified AS "isVerified", v.avatar_url AS "avatarUrl", v.bio,
  v.profile_info ->> 'city' AS city, v.created_at::text AS at`;

/** Vendors whose name, address, city or words about themselves hold the words, newest first. */
export async function searchVendors(
  terms: SearchTerms,
  after: Cursor<'time'> | null,
  limit: number,
  place: Place = anywhere,
): Promise<ListedVendor[]> {
  const said = Prisma.sql`normalize_search(v.business_name || ' ' || v.handle || ' ' || coalesce(v.bio, '')
    || ' ' || coalesce(v.profile_info ->> 'city', '') || ' ' || coalesce(v.contact_info ->> 'address', ''))`;
  return askPublic<ListedVendor>`
    SELECT ${vendorColumns} FROM vendors v
     WHERE v.is_active AND ${holdsWords(said, terms)} ${standsAt(place)} ${olderThan('v', after)}
     ORDER BY v.created_at DESC, v.id DESC LIMIT ${limit}`;
}

/** The newest vendors of a kind or a city. */
export async function listVendorsAt(
  place: Place,
  after: Cursor<'time'> | null,
  limit: number,
): Promise<ListedVendor[]> {
  return askPublic<ListedVendor>`
    SELECT ${vendorColumns} FROM vendors v WHERE v.is_active ${standsAt(place)} ${olderThan('v', after)}
     ORDER BY v.created_at DESC, v.id DESC LIMIT ${limit}`;
}

/** A few of the newest images of each of these vendors, newest first. */
export async function listImagesOf(
  vendorIds: readonly string[],
  mostOfEach: number,
  limit: number,
): Promise<ListedImage[]> {
  return askPublic<ListedImage>`
    SELECT ${listed} FROM unnest(${[...vendorIds]}::uuid[]) AS one(id)
    CROSS JOIN LATERAL (
      SELECT p.id FROM published_images p WHERE p.vendor_id = one.id ORDER BY p.created_at DESC, p.id DESC LIMIT ${mostOfEach}
    ) newest JOIN visible_images i ON i.id = newest.id
    ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`;
}

/** The cities that the newest vendors say they are in, the commonest first, as one of them writes it. */
export async function listCities(among: number, limit: number): Promise<string[]> {
  const rows = await askPublic<{ city: string }>`
    SELECT min(city) AS city FROM (
      SELECT v.profile_info ->> 'city' AS city FROM vendors v WHERE v.is_active
       ORDER BY v.created_at DESC, v.id DESC LIMIT ${among}
    ) newest WHERE city IS NOT NULL
    GROUP BY normalize_search(city) ORDER BY count(*) DESC, 1 LIMIT ${limit}`;
  return rows.map((row) => row.city);
}

/** The tags that the newest images carry most often, each in the spelling that it has most often. */
export async function listCommonTags(among: number, limit: number): Promise<string[]> {
  const rows = await askPublic<{ tag: string }>`
    SELECT mode() WITHIN GROUP (ORDER BY tag COLLATE "C" DESC) AS tag FROM (
      SELECT i.shown_tags AS tags FROM visible_images i ORDER BY i.created_at DESC, i.id DESC LIMIT ${among}
    ) newest, unnest(newest.tags) AS tag
    GROUP BY replace(normalize_search(tag), ' ', '') ORDER BY count(*) DESC, 1 LIMIT ${limit}`;
  return rows.map(({ tag }) => tag);
}

/** What is searched for, as it is compared: the words of a normalised text, few and not endless. */
export type SearchTerms = {
  /** The whole of it, in the ways a tag may be written. */
  readonly spellings: readonly string[];
  readonly words: readonly string[];
  /** For each word, the `LIKE` patterns one of which a text matches that holds it. */
  readonly patterns: readonly (readonly string[])[];
};
