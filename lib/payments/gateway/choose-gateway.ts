import { env } from '#lib/core/env/env.ts';
import type { GatewayName, GatewaySettings } from '#lib/core/env/payment-env.ts';
import { emulatorPaths } from '../emulator/path.ts';
import type { Gateways, PaymentGateway } from './payment-gateway.ts';
import { createZarinpal, productionUrl } from './zarinpal.ts';
import { createZibal, zibalProductionUrl } from './zibal.ts';

/** The emulator takes any merchant id. */
const emulatedMerchantId = '00000000-0000-4000-8000-000000000000';

const wildcards = new Set(['0.0.0.0', '::', '[::]']);

/** Our web process as another process of this machine reaches it. */
function ownOrigin(): string {
  const { host, port } = env();
  if (wildcards.has(host)) return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const production: Readonly<Record<GatewayName, string>> = {
  zarinpal: productionUrl,
  zibal: zibalProductionUrl,
};

/** The real one, or the same client towards our own emulator of it. */
function create({ name, merchant, baseUrl }: GatewaySettings): PaymentGateway {
  const path = emulatorPaths[name];
  const address = merchant
    ? { baseUrl: baseUrl ?? production[name] }
    : { baseUrl: `${ownOrigin()}${path}`, publicUrl: `${env().nextauthUrl}${path}` };
  return name === 'zibal'
    ? createZibal({ merchant: merchant ?? emulatedMerchantId, ...address })
    : createZarinpal({ merchantId: merchant ?? emulatedMerchantId, ...address });
}

/** Several gateways, of which all or some take new payments. */
export function gatewaysOf(all: readonly PaymentGateway[], forNew = all): Gateways {
  return { all, forNew, of: (name) => all.find((gateway) => gateway.name === name) };
}

/** The gateways of this installation. */
export function paymentGateways(): Gateways {
  const settings = env().gateways;
  const all = settings.map(create);
  return gatewaysOf(
    all,
    all.filter((_, index) => settings[index]?.takesNew),
  );
}
