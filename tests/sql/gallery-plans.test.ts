import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '#lib/db/client.ts';
import {
  listCommonTags,
  listMostTried,
  listNeverTried,
  listNewestAlbums,
  listNewestImages,
  searchAlbums,
  searchImages,
  searchVendors,
} from '#lib/gallery/explore-store.ts';
import {
  findVisibleAlbum,
  findVisibleImage,
  findVisibleImageIn,
  listAlbumImages,
  listVendorImages,
  listVisibleAlbums,
} from '#lib/gallery/public-store.ts';
import { toSearchTerms } from '#lib/gallery/search-terms.ts';
import { listAlbumEntries, listVendorEntries } from '#lib/gallery/sitemap-store.ts';
import { listDayCounts, listTopAlbums, listTopImages } from '#lib/gallery/visits-store.ts';
import { findLiveAlbumLink, listLinkedImages } from '#lib/sharing/album-link-store.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import { useTestDatabase } from '#tests/support/database.ts';
import { busyVendor, fillWithRows } from './many-rows.ts';
import { one } from './rows.ts';

/**
 * What visitors ask of a million images, as the program really asks it: each function is called, its statement is
 * noted on its way to the server, and explained there.
 */

const rows = process.env.TEST_FULL ? 1_000_000 : 100_000;
const database = useTestDatabase();

type Plan = { 'Node Type': string; 'Index Name'?: string; 'Relation Name'?: string; Plans?: Plan[] } & Record<
  string,
  unknown
>;
type Explained = { plan: Plan; ms: number };

let asked: Prisma.Sql[] = [];
let vendorId: string;
let albumId: string;
let imageId: string;

beforeAll(async () => {
  await fillWithRows(database(), rows);
  const client = await database().connect();
  await client.query(`SET session_replication_role = replica`);
  for (const statement of [
    `UPDATE images SET title = 'نقش ' || md5(id::text) WHERE type = 'vendor' AND is_public`,
    `UPDATE albums SET is_public = abs(hashtext(id::text)) % 5 > 0`,
    `INSERT INTO image_tries (image_id, tries) SELECT id, 1 + abs(hashtext(id::text)) % 1000 FROM images
      WHERE type = 'vendor' AND is_public AND abs(hashtext(id::text)) % 10 = 0`,
    `INSERT INTO stored_files (id, image_id, vendor_id, is_public, byte_size, sha256, variants)
     SELECT md5(id::text), id, vendor_id, is_public, 10, md5(id::text) || md5(id::text), '{"original": {"bytes": 10}}'
       FROM images WHERE type = 'vendor'`,
    `INSERT INTO album_links (vendor_id, album_id, token_hash)
     SELECT vendor_id, id, md5(id::text) || md5(id::text) FROM albums`,
    `INSERT INTO gallery_days (vendor_id, subject, day, subject_id, views, tries)
     SELECT vendor_id, 'image', current_date - d, id, 3, 1 FROM images, generate_series(0, 3) d
      WHERE type = 'vendor' AND is_public`,
    `ANALYZE`,
  ]) {
    await client.query(statement);
  }
  vendorId = one(await database().query<{ id: string }>(`SELECT ${busyVendor} AS id`)).id;
  ({ album_id: albumId, image_id: imageId } = one(
    await database().query<{ album_id: string; image_id: string }>(
      `SELECT p.album_id, p.image_id FROM album_images p JOIN visible_images i ON i.id = p.image_id
        WHERE p.album_id IN (SELECT id FROM visible_albums) LIMIT 1`,
    ),
  ));
  const holder = globalThis as { aiStaylerDb?: unknown };
  holder.aiStaylerDb = db().$extends({
    query: {
      $queryRaw: ({ args, query }) => {
        asked.push(args);
        return query(args);
      },
    },
  });
}, 900_000);

async function explain(call: () => Promise<unknown>): Promise<Explained[]> {
  asked = [];
  await call();
  const statements = asked;
  return Promise.all(
    statements.map(async ({ text, values }) => {
      const answer = one(
        await database().query<{ 'QUERY PLAN': { Plan: Plan; 'Execution Time': number }[] }>(
          `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
          [...values],
        ),
      );
      const { Plan: plan, 'Execution Time': ms } = one(answer['QUERY PLAN']);
      return { plan, ms };
    }),
  );
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
const pagesOf = (plan: Plan) => Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks']);
const indexesOf = (plan: Plan) => nodesOf(plan).map((node) => node['Index Name']);

const later = async (): Promise<[string, string]> => {
  const row = one(
    await database().query<{ at: string; id: string }>(
      `SELECT created_at::text AS at, id FROM visible_images ORDER BY created_at DESC, id DESC OFFSET 500 LIMIT 1`,
    ),
  );
  return [row.at, row.id];
};
const words = (text: string) => toSearchTerms(text) ?? { phrase: text, words: [], patterns: [] };

/** [what visitors ask, the call, the index that answers it; the server may choose among several] */
const questions: readonly (readonly [string, () => Promise<unknown>, string | readonly string[]])[] = [
  ['the newest images', () => listNewestImages(null, null, 37), 'idx_images_public'],
  [
    'the newest images, further on',
    async () => listNewestImages(null, await later(), 37),
    'idx_images_public',
  ],
  ['the images of a tag', () => listNewestImages('t77', null, 37), 'idx_images_tags'],
  [
    'the images of a tag, further on',
    async () => listNewestImages('t77', await later(), 37),
    'idx_images_tags',
  ],
  ['the images of a tag that all have', () => listNewestImages('all', null, 37), 'idx_images_public'],
  ['the most tried images', () => listMostTried(null, null, 37), 'idx_image_tries_most'],
  [
    'the most tried images, further on',
    () => listMostTried(null, [500, 'ffffffff-0000-4000-8000-000000000000'], 37),
    'idx_image_tries_most',
  ],
  ['the newest of the others', () => listNeverTried(null, null, 37), 'idx_images_public'],
  ['images by a part of their title', () => searchImages(words('1a2b3'), null, 37), 'idx_images_search'],
  ['images by two letters', () => searchImages(words('1a'), null, 37), 'idx_images_search'],
  ['images by words or a tag', () => searchImages(words('t77 1a2b3'), null, 37), 'idx_images_tags'],
  ['images by a word that most titles hold', () => searchImages(words('نقش'), null, 37), 'idx_images_public'],
  ['the newest albums', () => listNewestAlbums(null, 25), 'idx_albums_public'],
  ['albums by a part of their name', () => searchAlbums(words('1a2b3'), null, 25), 'idx_albums_search'],
  ['albums by a word that all names hold', () => searchAlbums(words('آلبوم'), null, 25), 'idx_albums_public'],
  [
    'vendors by a part of their name',
    () => searchVendors(words('1a2b3'), null, 25),
    ['idx_vendors_search', 'idx_vendors_name_search'],
  ],
  [
    'vendors by a word that all names hold',
    () => searchVendors(words('آتلیه'), null, 25),
    'idx_vendors_created',
  ],
  ['the common tags', () => listCommonTags(500, 16), 'idx_images_public'],
  ["a vendor's albums", () => listVisibleAlbums(vendorId, null, 25), 'idx_albums_vendor_order'],
  [
    "a vendor's albums, further on",
    () => listVisibleAlbums(vendorId, [0, '2030-01-01 00:00:00+00', albumId], 25),
    'idx_albums_vendor_order',
  ],
  ["a vendor's images", () => listVendorImages(vendorId, null, 61), 'idx_images_vendor_public'],
  [
    "a vendor's images, further on",
    async () => listVendorImages(vendorId, await later(), 61),
    'idx_images_vendor_public',
  ],
  ['an album', () => findVisibleAlbum(albumId), 'albums_pkey'],
  [
    "an album's images by hand",
    () => listAlbumImages(albumId, { order: 'manual', after: null }, 61),
    'idx_album_images_position',
  ],
  [
    "an album's images by hand, further on",
    () => listAlbumImages(albumId, { order: 'manual', after: [1, imageId] }, 61),
    'idx_album_images_position',
  ],
  [
    "an album's newest images",
    () => listAlbumImages(albumId, { order: 'newest', after: null }, 61),
    'images_pkey',
  ],
  ['one image', () => findVisibleImage(imageId), 'images_pkey'],
  [
    'one image of an album',
    () => findVisibleImageIn(albumId, imageId),
    ['album_images_pkey', 'idx_album_images_position'],
  ],
  ['a linked album', () => findLiveAlbumLink('0'.repeat(64)), 'album_links_token_hash_key'],
  [
    "a linked album's images",
    () => listLinkedImages({ albumId, imageOrder: 'manual' }, { after: imageId, limit: 61 }),
    'stored_files_image_id_key',
  ],
  ['a part of the map, vendors', () => listVendorEntries(vendorId, null, 501), 'vendors_pkey'],
  ['a part of the map, albums', () => listAlbumEntries(albumId, null, 101), 'albums_pkey'],
  ["a vendor's days", () => listDayCounts(vendorId, 'image', imageId, 30), 'gallery_days_pkey'],
  ["a vendor's images by how they were received", () => listTopImages(vendorId, 30, 50), 'gallery_days_pkey'],
  ["a vendor's albums by how they were received", () => listTopAlbums(vendorId, 30, 50), 'gallery_days_pkey'],
];

describe(`among ${rows.toLocaleString('en')} rows`, () => {
  test.each(questions)('%s: by its index, without reading a table through', async (what, call, index) => {
    const explained = await explain(call);
    expect(explained.length).toBeGreaterThan(0);
    const seen = explained.flatMap(({ plan }) => indexesOf(plan));
    // Ten thousand vendors beside a hundred images are read through sooner than looked up one by one.
    const tables = explained.flatMap(({ plan }) =>
      nodesOf(plan).filter(
        (node) => node['Node Type'].includes('Seq Scan') && node['Relation Name'] !== 'vendors',
      ),
    );
    expect(tables.map((node) => node['Relation Name'])).toEqual([]);
    expect(
      [index].flat().some((name) => seen.includes(name)),
      `${seen}`,
    ).toBe(true);
    const pages = explained.reduce((sum, { plan }) => sum + pagesOf(plan), 0);
    if (process.env.SHOW_PLANS) {
      const ms = explained.reduce((sum, one) => sum + one.ms, 0);
      process.stdout.write(`${ms.toFixed(2).padStart(8)} ms ${String(pages).padStart(6)} pages  ${what}\n`);
    }
    // A page of a list costs some pages of the tables, however many rows there are: of a part of the map, which
    // looks into a hundred albums, some sixty each. Reading an index through costs twice this.
    expect(pages).toBeLessThan(10_000);
  });
});
