import type { GatewayName } from '#lib/core/env/payment-env.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Which gateway a new payment goes to: what the operator wants, and what all processes have seen. Time is the database's. */

/** So many requests in a row without a session take a gateway for down; then one payment every so often tries it. */
const failuresUntilClosed = 3;
const closedSeconds = 30;

/**
 * Of these gateways, in the order of the settings, those that take an amount now: by the operator's turn where there is
 * one, those that are taken for down last. Of a gateway that was down for a while one caller is told to try it.
 */
export async function listTakers(
  tx: Tx,
  names: readonly GatewayName[],
  amountRials: bigint,
): Promise<GatewayName[]> {
  const rows = await tx.$queryRaw<{ gateway: GatewayName }[]>`
    WITH tried AS (
      UPDATE gateway_circuits SET closed_until = clock_timestamp() + make_interval(secs => ${closedSeconds})
      WHERE gateway = ANY (${[...names]}::text[]) AND closed_until <= clock_timestamp() RETURNING gateway)
    SELECT n.gateway FROM unnest(${[...names]}::text[]) WITH ORDINALITY n (gateway, turn)
      LEFT JOIN gateway_terms t ON t.gateway = n.gateway LEFT JOIN gateway_circuits c ON c.gateway = n.gateway
    WHERE coalesce(t.is_open, true) AND ${amountRials}::bigint BETWEEN coalesce(t.least, 0) AND coalesce(t.most, ${amountRials}::bigint)
    ORDER BY c.closed_until IS NOT NULL AND n.gateway NOT IN (SELECT gateway FROM tried),
      coalesce(t.position, n.turn), n.turn`;
  return rows.map(({ gateway }) => gateway);
}

/** Notes whether a gateway gave out a session. Answers true when that took it for down. */
export async function noteSession(tx: Tx, gateway: GatewayName, isGiven: boolean): Promise<boolean> {
  if (isGiven) {
    await tx.$executeRaw`
      INSERT INTO gateway_circuits (gateway, last_success_at) VALUES (${gateway}, clock_timestamp())
      ON CONFLICT (gateway) DO UPDATE SET failures = 0, last_success_at = clock_timestamp(), closed_until = NULL`;
    return false;
  }
  const [row] = await tx.$queryRaw<{ failures: number }[]>`
    INSERT INTO gateway_circuits (gateway, failures, last_failure_at) VALUES (${gateway}, 1, clock_timestamp())
    ON CONFLICT (gateway) DO UPDATE SET failures = gateway_circuits.failures + 1, last_failure_at = clock_timestamp(),
      closed_until = CASE WHEN gateway_circuits.failures + 1 >= ${failuresUntilClosed}
        THEN clock_timestamp() + make_interval(secs => ${closedSeconds}) END
    RETURNING failures`;
  return row?.failures === failuresUntilClosed;
}
