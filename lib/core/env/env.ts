import { resolve } from 'node:path';
import { z } from 'zod';
import { type BotSettings, botSettings, botVariables } from './bot-env.ts';
import { type DatabaseSettings, databaseSettings, databaseVariables } from './database-env.ts';
import { keptSecret } from './kept-secret.ts';
import { type PartsModelSettings, partsModelSettings, partsVariables } from './parts-env.ts';
import {
  type GatewaySettings,
  merchantVariable,
  paymentSettings,
  paymentVariables,
  zibalTrialMerchant,
} from './payment-env.ts';
import { type ErrorReports, reportSettings, reportVariables } from './report-env.ts';
import { type Seal, sealSettings, sealVariables } from './seal-env.ts';
import { type SmsSettings, smsSettings, smsVariables } from './sms-env.ts';
import { type Spending, spendingSettings, spendingVariables } from './spending-env.ts';
import { type StorageSettings, storageSettings, storageVariables } from './storage-env.ts';
import { type HostedEngineSettings, styleSettings, styleVariables } from './style-env.ts';

export type Env = DatabaseSettings &
  Readonly<{
    redisUrl: string | undefined;
    nextauthSecret: string;
    /** Origin of the site, without a slash at the end. */
    nextauthUrl: string;
    port: number;
    host: string;
    /** Where a worker tells of its health and figures; nowhere without one. */
    workerPort: number | undefined;
    /** Absolute path. */
    dataDir: string;
    trustedProxyHops: number;
    rateLimitScale: number;
    /** How much memory the pages of visitors may take in a web process; 0: each is made anew. */
    pageCacheMb: number;
    /** Who sends text messages, first choice first; nobody where they are kept in the outbox. */
    smsProviders: readonly SmsSettings[];
    /** The hosted engines, first choice first; none where our own makes everything. */
    engines: readonly HostedEngineSettings[];
    /** The network by which parts of people are told apart; null: by our own means. */
    partsModel: PartsModelSettings | null;
    /** What costs money with every call, and how much of it a day may take. */
    spending: Spending;
    /** Where pictures are kept. */
    storage: StorageSettings;
    /** Where they lay before: read as well until all of them have been moved. */
    storageBefore: StorageSettings | null;
    /** Through whom payments go, first choice first. */
    gateways: readonly GatewaySettings[];
    /** The bots in messengers; none without a token. */
    bots: readonly BotSettings[];
    /** How closely what becomes public is looked at first: `lib/files/moderation/policy.ts`. */
    moderation: 'relaxed' | 'standard' | 'strict';
    /** What Prometheus shows to read the metrics; without one only this machine may. */
    metricsToken: string | undefined;
    /** How people reach the operator; the contact page shows what is set. */
    contact: Readonly<{ email: string | undefined; phone: string | undefined }>;
    /** The seal of trust at the foot of every page. */
    seal: Seal | null;
    /** What proves to its issuer whose the site is. */
    sealMeta: string | undefined;
    /** Where errors are reported to; nowhere without one. */
    errorReports: ErrorReports | null;
    /** Where traces are sent; nowhere without one. */
    otlpEndpoint: string | undefined;
    logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
    /** NODE_ENV=production with a NEXTAUTH_URL that is not on loopback. */
    isProduction: boolean;
    /** What is simulated or kept by the program itself. */
    embedded: Readonly<{
      database: boolean;
      payments: boolean;
      sms: boolean;
      /** Uploads come to this program's own ingest, wherever it keeps them then. */
      uploads: boolean;
      secrets: boolean;
    }>;
  }>;

/** A variable that is missing or malformed. The message names it, what is wrong and an example. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));

const variables = {
  ...databaseVariables,
  REDIS_URL: {
    schema: url(['redis:', 'rediss:']).optional(),
    wrong: 'must be a Redis or Valkey URL',
    example: 'redis://localhost:6379',
  },
  NEXTAUTH_SECRET: {
    schema: z.string().min(32).optional(),
    wrong: 'must have at least 32 characters',
    example: 'the output of: openssl rand -base64 32',
  },
  NEXTAUTH_URL: {
    schema: url(['http:', 'https:']).optional(),
    wrong: 'must be the address people open',
    example: 'https://stayler.example',
  },
  PORT: {
    schema: z.coerce.number().int().min(1).max(65535).default(3000),
    wrong: 'must be a port number',
    example: '3000',
  },
  HOST: {
    schema: z.string().min(1).optional(),
    wrong: 'must be an address to listen on',
    example: '127.0.0.1',
  },
  WORKER_PORT: {
    schema: z.coerce.number().int().min(1).max(65535).optional(),
    wrong: 'must be a port number',
    example: '9464',
  },
  DATA_DIR: { schema: z.string().min(1).default('.data'), wrong: 'must be a folder', example: '.data' },
  TRUSTED_PROXY_HOPS: {
    schema: z.coerce.number().int().min(0).max(10).default(0),
    wrong: 'must be how many proxies of yours stand in front',
    example: '1',
  },
  RATE_LIMIT_SCALE: {
    schema: z.coerce.number().positive().max(1_000_000).default(1),
    wrong: 'must be a positive factor',
    example: '1',
  },
  PAGE_CACHE_MB: {
    schema: z.coerce.number().int().min(0).max(1024).default(64),
    wrong: 'must be a number of megabytes',
    example: '64',
  },
  ...smsVariables,
  ...styleVariables,
  ...partsVariables,
  ...spendingVariables,
  ...storageVariables,
  ...sealVariables,
  ...reportVariables,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/)
      .optional(),
    wrong: 'must be 32 bytes in base64',
    example: 'the output of: openssl rand -base64 32',
  },
  ...paymentVariables,
  ...botVariables,
  MODERATION: {
    schema: z.enum(['relaxed', 'standard', 'strict']).default('strict'),
    wrong: 'must be relaxed, standard or strict',
    example: 'strict',
  },
  CONTACT_EMAIL: {
    schema: z.email().optional(),
    wrong: 'must be an e-mail address',
    example: 'hello@stayler.example',
  },
  CONTACT_PHONE: {
    schema: z
      .string()
      .regex(/^\+?[\d ()-]{5,24}$/)
      .optional(),
    wrong: 'must be a telephone number',
    example: '+98 21 0000 0000',
  },
  LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    wrong: 'must be debug, info, warn, error or silent',
    example: 'info',
  },
} as const;

type Variables = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name]['schema']> };

/** What is wrong with a variable, and an example. Never its value. */
function lineOf(name: keyof typeof variables, text: string | undefined): string {
  const { wrong, example } = variables[name];
  return `${name} ${text === undefined ? 'is not set' : 'is malformed'}: it ${wrong}. Example: ${name}=${example}`;
}

function readVariables(source: NodeJS.ProcessEnv): Variables {
  const values: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(variables)) {
    // An empty variable is one that was not set: that is what .env files and compose files produce.
    const text = source[name] === '' ? undefined : source[name];
    const parsed = schema.safeParse(text);
    if (!parsed.success) {
      throw new EnvError(lineOf(name as keyof typeof variables, text));
    }
    values[name] = parsed.data;
  }
  return values as Variables;
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

function refuseEmbeddedInProduction(embedded: Env['embedded'], gateways: Env['gateways']): void {
  if (embedded.secrets)
    throw new EnvError('NEXTAUTH_SECRET is not set: production needs a secret of its own.');
  if (embedded.sms)
    throw new EnvError(
      'SMS_PROVIDER is "outbox": production must send real messages. Example: SMS_PROVIDER=kavenegar',
    );
  const simulated = gateways.find(({ merchant }) => !merchant);
  if (simulated) {
    const name = merchantVariable[simulated.name];
    throw new EnvError(`${name} is not set: production must not take simulated payments.`);
  }
  if (gateways.some(({ name, merchant }) => name === 'zibal' && merchant === zibalTrialMerchant)) {
    throw new EnvError('ZIBAL_MERCHANT is the one for trying Zibal out: production must take real payments.');
  }
}

/** Reads and checks an environment. Throws {@link EnvError} for the first variable that is missing or malformed. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const read = readVariables(source);
  const nextauthUrl = (read.NEXTAUTH_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, '');
  const isProduction = source.NODE_ENV === 'production' && !loopbackHosts.has(new URL(nextauthUrl).hostname);
  const dataDir = resolve(/* turbopackIgnore: true */ read.DATA_DIR);
  const wrong = (name: keyof Variables) => new EnvError(lineOf(name, source[name] || undefined));
  const places = storageSettings(read, wrong);
  const engines = Object.freeze(styleSettings(read, wrong));
  const gateways = paymentSettings(read);
  const embedded = Object.freeze({
    database: source.EMBEDDED_DATABASE === '1',
    payments: gateways.some(({ merchant }) => !merchant),
    sms: read.SMS_PROVIDER === 'outbox',
    uploads: places.storage.kind !== 'uploadthing',
    secrets: !read.NEXTAUTH_SECRET,
  });
  if (isProduction) refuseEmbeddedInProduction(embedded, gateways);
  const simulated = embedded.payments || embedded.sms;
  return Object.freeze({
    ...databaseSettings(read),
    redisUrl: read.REDIS_URL,
    nextauthSecret: read.NEXTAUTH_SECRET ?? keptSecret(dataDir, 'nextauth'),
    nextauthUrl,
    port: read.PORT,
    // Simulated payments and messages must not be reachable from another machine unless asked for by name.
    host: read.HOST ?? (simulated ? '127.0.0.1' : '0.0.0.0'),
    workerPort: read.WORKER_PORT,
    dataDir,
    trustedProxyHops: read.TRUSTED_PROXY_HOPS,
    rateLimitScale: read.RATE_LIMIT_SCALE,
    pageCacheMb: read.PAGE_CACHE_MB,
    smsProviders: smsSettings(read, (name) => new EnvError(lineOf(name, undefined))),
    engines,
    partsModel: partsModelSettings(read, (name) => new EnvError(lineOf(name, undefined))),
    spending: spendingSettings(read, engines, !embedded.sms),
    ...places,
    gateways,
    bots: Object.freeze(botSettings(read)),
    moderation: read.MODERATION,
    metricsToken: read.METRICS_TOKEN,
    contact: Object.freeze({ email: read.CONTACT_EMAIL, phone: read.CONTACT_PHONE }),
    ...sealSettings(read, (name) => new EnvError(lineOf(name, undefined))),
    errorReports: reportSettings(read.SENTRY_DSN),
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: read.LOG_LEVEL,
    isProduction,
    embedded,
  });
}

/** A build and a thread that paints need no database. */
function readWithoutDatabase(source: NodeJS.ProcessEnv): Variables {
  return readVariables({ ...source, DATABASE_URL: source.DATABASE_URL || 'postgres://localhost/none' });
}

/** `partsModel` alone, for a thread that paints. Throws {@link EnvError}. */
export function readPartsModelSettings(source: NodeJS.ProcessEnv): PartsModelSettings | null {
  return partsModelSettings(readWithoutDatabase(source), (name) => new EnvError(lineOf(name, undefined)));
}

/**
 * The key that the ids of server actions are made with: the same for every build, or forms that are open in a browser
 * would break with each release. Without one of its own an installation keeps one under its data folder.
 */
export function readActionKey(source: NodeJS.ProcessEnv): string {
  const read = readWithoutDatabase(source);
  const kept = () => keptSecret(resolve(/* turbopackIgnore: true */ read.DATA_DIR), 'actions');
  return read.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? Buffer.from(kept(), 'base64url').toString('base64');
}

let current: Env | undefined;

/** The environment of this process, checked once. Throws {@link EnvError}. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}
