import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { type GatewayTerms, placeGateway, writeGatewayTerms } from './store.ts';

/**
 * Says when a gateway is asked (the others move), for which amounts, and whether it takes new payments. Payments that have a session stay
 * where they are. Fails beside the field for amounts that are none, and with `notFound` for a gateway that is not set up.
 */
export async function setGateway(
  actor: AdminActor,
  gateway: GatewayName,
  terms: GatewayTerms,
): Promise<Result<null>> {
  const names = env().gateways.map(({ name }) => name);
  if (!names.includes(gateway)) return fail('notFound', `${gateway} is not set up`);
  if (terms.mostRials < terms.leastRials) {
    return fail('input.invalid', 'most below least', { fields: { mostToman: 'admin.gateways.mostWrong' } });
  }
  return transact<null>(async (tx) => {
    const position = await placeGateway(tx, names, gateway, terms.position);
    await writeGatewayTerms(tx, gateway, { ...terms, position }, actor.userId);
    await recordEvent(tx, actor, 'gateway.terms', {
      resource: 'gateway',
      resourceId: gateway,
      metadata: {
        position,
        leastRials: Number(terms.leastRials),
        mostRials: Number(terms.mostRials),
        isOpen: terms.isOpen,
      },
    });
    return succeed(null);
  });
}
