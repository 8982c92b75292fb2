import pg from 'pg';
import { startCluster } from '#scripts/database/cluster.ts';

/** Runs a statement on the database of the program that is tested. */
export async function onDatabase<Row extends pg.QueryResultRow>(
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { DATABASE_URL, DATA_DIR } = process.env;
  const url =
    DATABASE_URL ??
    // The program's own is joined.
    (await startCluster({ dataDir: DATA_DIR ?? '.data', dataDirIsDefault: !DATA_DIR })).url;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Gives the vendor with this name so many public albums: more than anybody makes by hand in a test. */
export async function addAlbums(businessName: string, count: number): Promise<void> {
  await onDatabase(
    `INSERT INTO albums (vendor_id, name, is_public, position)
     SELECT id, 'Album ' || n, true, n FROM vendors, generate_series(1, $2::int) n WHERE business_name = $1`,
    [businessName, count],
  );
}

/** So many vendors whose names begin with a word. */
export async function addVendors(word: string, count: number): Promise<void> {
  await onDatabase(
    `INSERT INTO vendors (phone, password_hash, business_name, is_phone_verified)
     SELECT '+989' || lpad(floor(random() * 1000000000)::bigint::text, 9, '0'), 'none', $1 || ' ' || n, true
       FROM generate_series(1, $2::int) n`,
    [word, count],
  );
}
