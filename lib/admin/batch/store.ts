import type { Tx } from '#lib/db/transact.ts';

/** Many gift codes made at once, each for one use. */

export type NewBatch = {
  readonly id: string;
  readonly name: string;
  /** Conversions or images that each gives. */
  readonly value: number;
  readonly audience: 'user' | 'vendor';
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
};

export type BatchRow = {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly audience: 'user' | 'vendor';
  readonly size: number;
  readonly used: number;
  readonly retired: number;
  readonly endsAt: Date | null;
  readonly createdAt: Date;
  readonly exportedAt: Date | null;
};

/** The batches, newest first. */
export async function listBatches(tx: Tx, limit: number): Promise<BatchRow[]> {
  return tx.$queryRaw<BatchRow[]>`
    SELECT b.id, b.name, b.value::int AS value, b.audience, b.size, c.used, c.retired, b.ends_at AS "endsAt",
      b.created_at AS "createdAt", b.exported_at AS "exportedAt"
    FROM coupon_batches b, LATERAL (
      SELECT coalesce(sum(used), 0)::int AS used, count(*) FILTER (WHERE retired_at IS NOT NULL)::int AS retired
      FROM coupons WHERE batch_id = b.id) c
    ORDER BY b.created_at DESC, b.id DESC LIMIT ${limit}`;
}

/** Makes a batch with its codes; false when this very one was made before, and null when one of the codes is another's. */
export async function insertBatch(
  tx: Tx,
  batch: NewBatch,
  codes: readonly string[],
  createdBy: string,
): Promise<boolean | null> {
  const { id, name, value, audience, startsAt, endsAt } = batch;
  const made = await tx.$executeRaw`
    INSERT INTO coupon_batches (id, name, value, audience, size, starts_at, ends_at, created_by)
    VALUES (${id}::uuid, ${name}, ${value}, ${audience}, ${codes.length}, coalesce(${startsAt}::timestamptz, clock_timestamp()),
      ${endsAt}::timestamptz, ${createdBy}::uuid)
    ON CONFLICT (id) DO NOTHING`;
  if (made === 0) return false;
  const written = await tx.$executeRaw`
    INSERT INTO coupons (code, kind, value, audience, per_person, use_limit, starts_at, ends_at, created_by, batch_id)
    SELECT code, 'gift', b.value, b.audience, 1, 1, b.starts_at, b.ends_at, b.created_by, b.id
    FROM coupon_batches b, unnest(${[...codes]}::text[]) code WHERE b.id = ${id}::uuid
    ON CONFLICT (code) DO NOTHING`;
  return written === codes.length ? true : null;
}

/** Notes that the codes leave now: once. Its name, or null when they have left before or there is no such batch. */
export async function noteExport(tx: Tx, id: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    UPDATE coupon_batches SET exported_at = clock_timestamp() WHERE id = ${id}::uuid AND exported_at IS NULL RETURNING name`;
  return rows[0]?.name ?? null;
}

export async function listBatchCodes(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>`
    SELECT code FROM coupons WHERE batch_id = ${id}::uuid ORDER BY code`;
  return rows.map(({ code }) => code);
}

/** Takes the codes that nobody has used out of use; how many. */
export async function retireBatchCodes(tx: Tx, id: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE coupons SET retired_at = clock_timestamp() WHERE batch_id = ${id}::uuid AND retired_at IS NULL AND used = 0`;
}
