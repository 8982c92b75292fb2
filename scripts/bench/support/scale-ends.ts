import type pg from 'pg';
import { report } from './report.ts';
import { checkPictures, type Shape } from './scale-shape.ts';

/** Tells what became of everything that was taken; `isBad` where something was lost. */
export async function tellEnds(
  client: pg.Client,
  { store, what }: Shape,
  { acknowledged, paid, left }: { acknowledged: readonly string[]; paid: readonly string[]; left: number },
): Promise<{ done: number; isBad: boolean }> {
  const { rows: ends } = await client.query<{
    done: number;
    failed: number;
    again: number;
    slowest: number;
  }>(
    `SELECT count(*) FILTER (WHERE status = 'completed')::int AS done, count(*) FILTER (WHERE status = 'failed')::int AS failed,
       count(*) FILTER (WHERE attempts > 1)::int AS again,
       coalesce(max(extract(epoch FROM completed_at - first_claimed_at)) FILTER (WHERE attempts > 1), 0)::float8 AS slowest
     FROM user_conversions`,
  );
  const { done = 0, failed = 0, again = 0, slowest = 0 } = ends[0] ?? {};
  const { rows: known } = await client.query<{ id: string }>('SELECT id FROM user_conversions');
  const ids = new Set(known.map(({ id }) => id));
  const lost = acknowledged.filter((id) => !ids.has(id)).length + left;
  report({
    what: `conversions that were acknowledged: ${acknowledged.length}`,
    measured: `${done} finished, ${failed} failed, ${lost} lost; ${again} run again, the slowest of them within ${slowest.toFixed(1)} s of its first attempt`,
    wanted: 'none lost, run again within 60 s',
    met: lost === 0 && failed === 0 && slowest <= 60,
  });
  let isBad = lost > 0 || failed > 0;
  const { rows: money } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM payments WHERE id = ANY($1::uuid[]) AND status = 'completed'`,
    [paid],
  );
  report({
    what: `payments made at the bank: ${paid.length}`,
    measured: `${money[0]?.n ?? 0} booked`,
    wanted: 'all, once each',
    met: money[0]?.n === paid.length,
  });
  isBad ||= money[0]?.n !== paid.length;
  const { checkInvariants } = await import('#lib/operations/invariant/check-invariants.ts');
  const checked = await checkInvariants();
  const broken = checked.filter(({ state }) => state !== 'holds').map(({ name }) => name);
  report({
    what: 'what must always hold, afterwards',
    measured: broken.length === 0 ? `all ${checked.length} hold` : broken.join('; '),
    wanted: 'all hold',
    met: broken.length === 0,
  });
  isBad ||= broken.length > 0;
  const { pictures, sizes, wrong } = await checkPictures(client, store);
  report({
    what: `pictures in the bucket (${what}; one of each killed)`,
    measured: `${pictures} pictures, ${sizes} sizes read back, ${wrong.length} missing or other bytes`,
    wanted: 'every checksum right',
    met: pictures > 0 && wrong.length === 0,
  });
  isBad ||= wrong.length > 0;
  return { done, isBad };
}
