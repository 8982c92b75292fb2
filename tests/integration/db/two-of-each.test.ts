import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import { openOwnDatabase } from '#scripts/bench/support/own-database.ts';
import { checkPictures, openPrimary, openShape } from '#scripts/bench/support/scale-shape.ts';
import { pgbouncerMissing } from '#scripts/rig/pgbouncer.ts';

/**
 * What web servers and workers stand on, two of each, with one of each killed while pictures come in. The programs themselves in
 * this shape, killed too, are `npm run bench -- scale`.
 */
const title =
  'a bucket, a PgBouncer and the replica die under load: every picture that was told is there, to the byte';

test.runIf(process.env.TEST_FULL && !pgbouncerMissing)(
  title,
  async () => {
    const primary = await openPrimary();
    const own = await openOwnDatabase('two_of_each');
    const shape = await openShape(primary, own.url);
    const pooledUrl = new URL(shape.environment.DATABASE_URL ?? '');
    pooledUrl.searchParams.delete('pgbouncer');
    const pooled = new pg.Pool({ connectionString: pooledUrl.href, max: 4 });
    // A connection of the one that died is opened anew, as the program's pool does.
    pooled.on('error', () => undefined);
    try {
      const { rows } = await own.client.query<{ id: string }>(
        `INSERT INTO vendors (phone, password_hash, business_name, is_phone_verified)
         VALUES ('+989120000009', 'none', 'shop', true) RETURNING id`,
      );
      const told: string[] = [];
      let [isOver, refused] = [false, 0];
      const send = async () => {
        while (!isOver) {
          const [id, bytes] = [newRandomId(), randomBytes(40_000)];
          const put = await shape.store.put(id, { original: bytes, w320: bytes }, 'private');
          const sizes = { bytes: bytes.length, width: 1, height: 1 };
          const written = pooled.query(
            `WITH i AS (
               INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type)
               VALUES ($1, 'vendor', 'a', '/a', 1, 'image/jpeg') RETURNING id)
             INSERT INTO stored_files (id, image_id, vendor_id, byte_size, sha256, variants) SELECT $2, id, $1, $3, $4, $5 FROM i`,
            [
              rows[0]?.id,
              id,
              bytes.length,
              createHash('sha256').update(bytes).digest('hex'),
              { original: sizes, w320: sizes },
            ],
          );
          const isTold =
            put.ok &&
            (await written.then(
              () => true,
              () => false,
            ));
          if (isTold) told.push(id);
          else refused += 1;
        }
      };
      const load = [send(), send(), send()];
      const until = async (count: number) => {
        for (const by = Date.now() + 60_000; told.length < count && Date.now() < by; ) await sleep(50);
      };
      await until(50);
      await shape.killOne();
      // Whatever was on its way through those may fail; what comes after goes by the others.
      const atKill = told.length;
      await until(atKill + 50);
      expect(told.length).toBeGreaterThanOrEqual(atKill + 50);
      expect(refused).toBeLessThanOrEqual(6);
      await shape.revive();
      const atRevival = told.length;
      await until(atRevival + 50);
      isOver = true;
      await Promise.all(load);
      const { rows: known } = await own.client.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM stored_files WHERE id = ANY ($1)',
        [told],
      );
      expect(known[0]?.n).toBe(told.length);
      expect(await checkPictures(own.client, shape.store)).toMatchObject({ wrong: [] });
    } finally {
      await pooled.end();
      await shape.close();
      await own.close();
      await primary.stop();
    }
  },
  240_000,
);
