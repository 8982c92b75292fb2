import { env } from '#lib/core/env/env.ts';
import { emulatorPath } from '../emulator/path.ts';
import type { PaymentGateway } from './payment-gateway.ts';
import { createZarinpal, productionUrl } from './zarinpal.ts';

/** The emulator takes any merchant id. */
const emulatedMerchantId = '00000000-0000-4000-8000-000000000000';

const wildcards = new Set(['0.0.0.0', '::', '[::]']);

/** Our web process as another process of this machine reaches it. */
function ownOrigin(): string {
  const { host, port } = env();
  if (wildcards.has(host)) return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The gateway of this installation: ZarinPal, or the same client towards our own emulator of it. */
export function paymentGateway(): PaymentGateway {
  const { zarinpalMerchantId, zarinpalBaseUrl, nextauthUrl } = env();
  if (zarinpalMerchantId) {
    return createZarinpal({ merchantId: zarinpalMerchantId, baseUrl: zarinpalBaseUrl ?? productionUrl });
  }
  return createZarinpal({
    merchantId: emulatedMerchantId,
    baseUrl: `${ownOrigin()}${emulatorPath}`,
    publicUrl: `${nextauthUrl}${emulatorPath}`,
  });
}
