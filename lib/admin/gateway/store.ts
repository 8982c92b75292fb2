import type { GatewayName } from '#lib/core/env/payment-env.ts';
import type { Tx } from '#lib/db/transact.ts';
import { maxPayableRials, minPayableRials } from '#lib/payments/policy.ts';

/** What is set of the payment gateways, and how they have answered lately. */

/** Which payments go to a gateway. Amounts in Rials. */
export type GatewayTerms = {
  /** Its turn: the lowest is asked first. */
  readonly position: number;
  readonly leastRials: bigint;
  readonly mostRials: bigint;
  readonly isOpen: boolean;
};

export type GatewayRow = {
  readonly gateway: GatewayName;
  readonly terms: GatewayTerms | null;
  readonly lastSuccessAt: Date | null;
  readonly lastFailureAt: Date | null;
  /** It gave out no session several times in a row and is asked last. */
  readonly isDown: boolean;
  /** Payments at it whose end is not known yet. */
  readonly pending: number;
};

/** These gateways, in the order in which they are asked. */
export async function listGateways(tx: Tx, names: readonly GatewayName[]): Promise<GatewayRow[]> {
  return tx.$queryRaw<GatewayRow[]>`
    SELECT n.gateway, c.last_success_at AS "lastSuccessAt", c.last_failure_at AS "lastFailureAt",
      c.closed_until IS NOT NULL AS "isDown",
      CASE WHEN t.gateway IS NOT NULL THEN jsonb_build_object('position', t.position, 'leastRials', t.least,
        'mostRials', t.most, 'isOpen', t.is_open) END AS terms,
      (SELECT count(*)::int FROM payments p WHERE p.gateway = n.gateway AND p.status = 'pending') AS pending
    FROM unnest(${[...names]}::text[]) WITH ORDINALITY n (gateway, turn)
      LEFT JOIN gateway_terms t ON t.gateway = n.gateway LEFT JOIN gateway_circuits c ON c.gateway = n.gateway
    ORDER BY coalesce(t.position, n.turn), n.turn`;
}

/**
 * Gives a gateway its turn among these and moves the others up or down, so that every turn is one gateway's. Answers the
 * turn it got. One at a time.
 */
export async function placeGateway(
  tx: Tx,
  names: readonly GatewayName[],
  gateway: GatewayName,
  position: number,
): Promise<number> {
  await tx.$executeRaw`LOCK TABLE gateway_terms IN SHARE ROW EXCLUSIVE MODE`;
  const order = (await listGateways(tx, names)).map((row) => row.gateway).filter((name) => name !== gateway);
  order.splice(position - 1, 0, gateway);
  await tx.$executeRaw`
    INSERT INTO gateway_terms (gateway, position, least, most)
    SELECT gateway, turn, ${minPayableRials}::bigint, ${maxPayableRials}::bigint
    FROM unnest(${order}::text[]) WITH ORDINALITY n (gateway, turn)
    ON CONFLICT (gateway) DO UPDATE SET position = excluded.position`;
  return order.indexOf(gateway) + 1;
}

export async function writeGatewayTerms(
  tx: Tx,
  gateway: GatewayName,
  { position, leastRials, mostRials, isOpen }: GatewayTerms,
  changedBy: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO gateway_terms (gateway, position, least, most, is_open, changed_by)
    VALUES (${gateway}, ${position}::smallint, ${leastRials}::bigint, ${mostRials}::bigint, ${isOpen}, ${changedBy}::uuid)
    ON CONFLICT (gateway) DO UPDATE SET position = excluded.position, least = excluded.least, most = excluded.most,
      is_open = excluded.is_open, changed_by = excluded.changed_by, changed_at = clock_timestamp()`;
}
