import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { authorityPattern } from './zarinpal.ts';
import { trackIdPattern } from './zibal.ts';

/** Where each gateway sends people back to, below the site's origin. */
export const callbackPaths: Readonly<Record<GatewayName, string>> = {
  zarinpal: '/api/payments/zarinpal/callback',
  zibal: '/api/payments/zibal/callback',
};

/** What somebody who comes back says. Nothing of it is believed but which session it is about. */
export type Returned = { readonly authority: string; readonly hasGivenUp: boolean };

const shapes: Readonly<
  Record<GatewayName, { session: string; pattern: RegExp; outcome: string; givenUp: RegExp }>
> = {
  zarinpal: { session: 'authority', pattern: authorityPattern, outcome: 'status', givenUp: /^nok$/i },
  zibal: { session: 'trackid', pattern: trackIdPattern, outcome: 'success', givenUp: /^0$/ },
};

/** Reads the query of a return, whatever the case of its names; null when it names no one session. */
export function readReturn(gateway: GatewayName, query: URLSearchParams): Returned | null {
  const { session, pattern, outcome, givenUp } = shapes[gateway];
  const values = (name: string) =>
    [...query].filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  const [authority = '', ...more] = values(session);
  if (more.length > 0 || !pattern.test(authority)) return null;
  // Without an outcome that can be read the gateway is asked all the same, and nobody is taken to have given up.
  const outcomes = values(outcome);
  return { authority, hasGivenUp: outcomes.length === 1 && givenUp.test(outcomes[0] ?? '') };
}
