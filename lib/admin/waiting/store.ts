import type { Tx } from '#lib/db/transact.ts';

/** What waits for an administrator: how much of each, counted in its own small index. */
export type Waiting = {
  /** Payments that need a person, among them refunds to be sent by hand. */
  readonly payments: number;
  /** Money at a gateway that is nobody's. */
  readonly strays: number;
  readonly cases: number;
  readonly reports: number;
  /** Changes of a lost number that wait for this administrator to agree, or to be done, by whose account it is. */
  readonly userNumbers: number;
  readonly vendorNumbers: number;
};

/** Counted for one administrator: what they asked for themselves, another one has to agree to. */
export async function countWaiting(tx: Tx, adminId: string): Promise<Waiting> {
  const [row] = await tx.$queryRaw<[Waiting]>`
    WITH numbers AS (
      SELECT user_id FROM number_changes
      WHERE settled_at IS NULL AND (state = 'asked' AND asked_by IS DISTINCT FROM ${adminId}::uuid
        OR waits_until <= clock_timestamp()))
    SELECT (SELECT count(DISTINCT payment_id) FROM open_concerns)::int AS payments,
      (SELECT count(*) FROM stray_authorities WHERE dismissed_at IS NULL)::int AS strays,
      (SELECT count(*) FROM moderation_cases WHERE decision IS NULL)::int AS cases,
      (SELECT count(*) FROM image_reports WHERE state = 'open')::int AS reports,
      (SELECT count(*) FROM numbers WHERE user_id IS NOT NULL)::int AS "userNumbers",
      (SELECT count(*) FROM numbers WHERE user_id IS NULL)::int AS "vendorNumbers"`;
  return row;
}
