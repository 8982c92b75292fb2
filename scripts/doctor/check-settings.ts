import type { Env } from '#lib/core/env/env.ts';
import { merchantVariable, zibalTrialMerchant } from '#lib/core/env/payment-env.ts';
import { amber, type Check, green, red } from './finding.ts';

export const isLoopback = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host);

/** How hard a secret is to guess, in bits, by the characters it is made of. Generous: repetition halves it. */
function bitsOf(secret: string): number {
  const alphabet = new Set(secret).size;
  const isRepeated = /^(.{1,8})\1+$/.test(secret) || alphabet < 10;
  const bits = secret.length * Math.log2(Math.max(2, alphabet));
  return Math.floor(isRepeated ? Math.min(bits / 2, 40) : bits);
}

export function checkAddress({ nextauthUrl }: Env, source: NodeJS.ProcessEnv): Check[] {
  const { protocol, hostname } = new URL(nextauthUrl);
  const found: Check[] = [];
  if (isLoopback(hostname))
    found.push(red('NEXTAUTH_URL is on loopback', 'Set it to the address people open: https://…'));
  else if (protocol !== 'https:')
    found.push(red('NEXTAUTH_URL is not https', 'Put a proxy with a certificate in front; cookies need it.'));
  else found.push(green(`people open ${nextauthUrl}`));
  if (source.NODE_ENV !== 'production')
    found.push(amber('NODE_ENV is not production here', 'Run this in the environment of the web process.'));
  return found;
}

export function checkProxy({ nextauthUrl, trustedProxyHops }: Env): Check {
  if (!nextauthUrl.startsWith('https:')) return green('nobody is forwarded');
  return trustedProxyHops === 0
    ? red(
        'TRUSTED_PROXY_HOPS is 0 although https ends at a proxy',
        'Set it to how many proxies of yours stand in front: else everybody has the address of the proxy, and shares its limits.',
      )
    : green(`${trustedProxyHops} proxies are believed`);
}

/** Whether a proxy that the environment names is used by our own requests too: Node.js asks it only when told to. */
export function checkWayOut(source: NodeJS.ProcessEnv): Check[] {
  const named = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((name) => source[name]);
  if (!named) return [];
  return source.NODE_USE_ENV_PROXY === '1'
    ? [green(`services are reached through ${named}`)]
    : [
        red(
          `${named} is set and Node.js does not use it`,
          'Set NODE_USE_ENV_PROXY=1, and NO_PROXY for what is inside: else SMS, payments and engines are not reached.',
        ),
      ];
}

export function checkSecrets({ nextauthSecret, embedded, metricsToken }: Env): Check[] {
  const bits = bitsOf(nextauthSecret);
  const secret = embedded.secrets
    ? red(
        'NEXTAUTH_SECRET is one the program made itself',
        'Set it, the same everywhere: openssl rand -base64 32',
      )
    : bits < 128
      ? red(`NEXTAUTH_SECRET has about ${bits} bits`, 'Make a new one: openssl rand -base64 32')
      : green('NEXTAUTH_SECRET is long and mixed');
  const metrics = metricsToken
    ? green('METRICS_TOKEN is set')
    : amber('METRICS_TOKEN is not set', 'Behind a proxy nobody can read the metrics without it.');
  return [secret, metrics];
}

/** What would be simulated, and what leads elsewhere than it should. */
export function checkServices(env: Env): Check[] {
  const { embedded, smsProviders, engines, gateways } = env;
  const found = [
    embedded.sms
      ? red('text messages are only kept, not sent', 'Set SMS_PROVIDER and its key.')
      : green(`text messages: ${smsProviders.map(({ provider }) => provider).join(', then ')}`),
    ...gateways.map(({ name, merchant, takesNew }) =>
      merchant
        ? green(`${name} ${takesNew ? 'takes payments' : 'is asked about payments of before and takes none'}`)
        : red(`payments through ${name} are simulated`, `Set ${merchantVariable[name]}.`),
    ),
    green(
      {
        local: 'pictures lie under DATA_DIR/files, which all processes must share',
        uploadthing: 'pictures lie at UploadThing',
        s3: 'pictures lie in a bucket',
      }[env.storage.kind],
    ),
    ...(env.storageBefore
      ? [
          amber(
            'pictures are being moved to another store',
            'Run npm run files:move; take STORAGE_BEFORE out when it has nothing left to do.',
          ),
        ]
      : []),
  ];
  const isStrange = (url: string) => !url.startsWith('https:') && !isLoopback(new URL(url).hostname);
  const addresses = [
    ...smsProviders.map(({ baseUrl }) => baseUrl),
    ...gateways.map(({ baseUrl }) => baseUrl),
    ...engines.map(({ baseUrl }) => baseUrl),
    env.storage.kind === 's3' ? env.storage.endpoint : undefined,
  ];
  if (addresses.some((url) => url !== undefined && isStrange(url)))
    found.push(
      red('a service is called without https', 'Keys and photos would travel in clear: use https://.'),
    );
  for (const { name, merchant, baseUrl } of gateways) {
    const variable = `${name.toUpperCase()}_BASE_URL`;
    if (baseUrl && /sandbox|localhost|127\.0\.0\.1/.test(baseUrl))
      found.push(red(`${variable} is not the real gateway`, 'Take it out: the default is the real one.'));
    if (name === 'zibal' && merchant === zibalTrialMerchant)
      found.push(red('ZIBAL_MERCHANT is the one for trying out', 'Set the key of your own gateway.'));
  }
  return found;
}

export function checkLimits({ rateLimitScale, redisUrl }: Env): Check[] {
  return [
    rateLimitScale > 1
      ? amber(`RATE_LIMIT_SCALE is ${rateLimitScale}`, 'Every limit is that many times wider: is that meant?')
      : green('rate limits are as designed'),
    ...(redisUrl
      ? []
      : [amber('REDIS_URL is not set', 'With more than one web process each counts by itself: set it.')]),
  ];
}
