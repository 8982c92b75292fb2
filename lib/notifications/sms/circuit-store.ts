import type { Tx } from '#lib/db/transact.ts';

/** What all processes have seen of the SMS providers. Time is the database's. */

/** So many failures in a row take a provider for down; then one message every so often tries it. */
const failuresUntilClosed = 3;
const closedSeconds = 15;

/** Whether a message may be tried with a provider now. While it is down, one caller in fifteen seconds is told yes. */
export async function admitMessage(tx: Tx, provider: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ closed: boolean }[]>`
    SELECT closed_until IS NOT NULL AS closed FROM sms_circuits WHERE provider = ${provider}`;
  if (!row?.closed) return true;
  const claimed = await tx.$executeRaw`
    UPDATE sms_circuits SET closed_until = clock_timestamp() + make_interval(secs => ${closedSeconds})
    WHERE provider = ${provider} AND closed_until <= clock_timestamp()`;
  return claimed === 1;
}

/** Notes that a provider did not take a message for reasons of its own. Answers true when that closed it. */
export async function noteFailure(tx: Tx, provider: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ failures: number }[]>`
    INSERT INTO sms_circuits (provider, failures, last_failure_at) VALUES (${provider}, 1, clock_timestamp())
    ON CONFLICT (provider) DO UPDATE SET failures = sms_circuits.failures + 1, last_failure_at = clock_timestamp(),
      closed_until = CASE WHEN sms_circuits.failures + 1 >= ${failuresUntilClosed}
        THEN clock_timestamp() + make_interval(secs => ${closedSeconds}) END
    RETURNING failures`;
  return row?.failures === failuresUntilClosed;
}

/** Notes that a provider answers as it should. */
export async function noteSuccess(tx: Tx, provider: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO sms_circuits (provider, last_success_at) VALUES (${provider}, clock_timestamp())
    ON CONFLICT (provider) DO UPDATE
      SET failures = 0, last_success_at = clock_timestamp(), closed_until = NULL`;
}

/** Seconds until any of these providers is tried again; 0 when one may be tried now. */
export async function secondsUntilWay(tx: Tx, providers: readonly string[]): Promise<number> {
  const [row] = await tx.$queryRaw<{ wait: number }[]>`
    SELECT coalesce(min(greatest(0, ceil(extract(epoch FROM c.closed_until - clock_timestamp())))), 0)::int AS wait
    FROM unnest(${[...providers]}::text[]) AS p(provider)
      LEFT JOIN LATERAL (
        SELECT coalesce((SELECT closed_until FROM sms_circuits s WHERE s.provider = p.provider), '-infinity') AS closed_until
      ) c ON true
    WHERE c.closed_until > '-infinity'
    HAVING count(*) = ${providers.length}`;
  return row?.wait ?? 0;
}

/** Whether messages may come late: each of these providers failed last, and not long ago. */
export async function areAllFailing(tx: Tx, providers: readonly string[]): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ failing: number }[]>`
    SELECT count(*)::int AS failing FROM sms_circuits
    WHERE provider = ANY(${[...providers]}::text[]) AND failures > 0
      AND last_failure_at > clock_timestamp() - interval '1 minute'`;
  return providers.length > 0 && row?.failing === providers.length;
}
