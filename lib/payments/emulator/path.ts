import type { GatewayName } from '#lib/core/env/payment-env.ts';

/** Where our own emulators of the gateways stand, below the site's origin. */
export const emulatorPaths: Readonly<Record<GatewayName, string>> = {
  zarinpal: '/api/dev/zarinpal',
  zibal: '/api/dev/zibal',
};
