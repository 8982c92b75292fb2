import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEnv } from '#lib/core/env/env.ts';
import { assets } from '#scripts/doctor/assets.ts';
import { checkEngineSettings } from '#scripts/doctor/check-engines.ts';
import { checkDisk, checkRedis } from '#scripts/doctor/check-machine.ts';
import * as settings from '#scripts/doctor/check-settings.ts';
import { checkPooler } from '#scripts/doctor/check-ways.ts';
import { look } from '#scripts/doctor/finding.ts';
import { root } from '#scripts/steps/root.ts';

/** An installation as it should be. */
const good = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://stayler@db.internal/stayler',
  REDIS_URL: 'redis://cache.internal',
  NEXTAUTH_URL: 'https://stayler.example',
  NEXTAUTH_SECRET: 'hQ2r7Zp0wXv5LkT8sNc3Yd6Ub9Fm1Ea4Gj=',
  TRUSTED_PROXY_HOPS: '1',
  METRICS_TOKEN: 'a token of two dozen characters',
  SMS_PROVIDER: 'kavenegar',
  KAVENEGAR_API_KEY: 'key',
  KAVENEGAR_TEMPLATE: 'code',
  ZARINPAL_MERCHANT_ID: '11111111-1111-4111-8111-111111111111',
} as const;

function statesOf(change: Readonly<Record<string, string | undefined>>) {
  const source = { ...good, ...change } as NodeJS.ProcessEnv;
  const env = readEnv(source);
  return [
    ...settings.checkAddress(env, source),
    settings.checkProxy(env),
    ...settings.checkSecrets(env),
    ...settings.checkServices(env),
    ...checkEngineSettings(env),
    ...settings.checkLimits(env),
  ].filter(({ state }) => state !== 'green');
}

describe('the settings', () => {
  test('of a good installation are green', () => {
    expect(statesOf({})).toEqual([]);
  });

  test.for([
    ['red', 'https ends at a proxy', { TRUSTED_PROXY_HOPS: '0' }],
    ['red', 'not https', { NEXTAUTH_URL: 'http://stayler.example' }],
    ['red', 'bits', { NEXTAUTH_SECRET: 'abcabcabcabcabcabcabcabcabcabcabcabc' }],
    ['red', 'not the real gateway', { ZARINPAL_BASE_URL: 'https://sandbox.zarinpal.com' }],
    ['red', 'without https', { KAVENEGAR_BASE_URL: 'http://api.kavenegar.com' }],
    ['amber', 'METRICS_TOKEN', { METRICS_TOKEN: undefined }],
    ['amber', 'RATE_LIMIT_SCALE', { RATE_LIMIT_SCALE: '10' }],
    ['amber', 'REDIS_URL', { REDIS_URL: undefined }],
    ['amber', 'COUNTRY', { STYLE_ENGINE: 'gemini', STYLE_ENGINE_KEY: 'k' }],
    [
      'amber',
      'ENGINE_DAILY_LIMIT_RIALS',
      {
        STYLE_ENGINE: 'gemini',
        STYLE_ENGINE_KEY: 'k',
        STYLE_ENGINE_COUNTRY: 'DE',
        ENGINE_PRICE_RIALS: '9',
      },
    ],
    ['amber', 'NODE_ENV', { NODE_ENV: 'development' }],
  ] as const)('are %s where %s', ([state, word, change]) => {
    const found = statesOf(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ state });
    expect(found[0]?.says).toContain(word);
    expect(found[0]?.todo).toBeTruthy();
  });

  test('are red where something is simulated', () => {
    const change = { NEXTAUTH_URL: undefined, SMS_PROVIDER: undefined, ZARINPAL_MERCHANT_ID: undefined };
    const says = statesOf(change).map((one) => one.says);
    expect(says).toEqual([
      'NEXTAUTH_URL is on loopback',
      'text messages are only kept, not sent',
      'payments through zarinpal are simulated',
    ]);
  });

  test('never say a secret', () => {
    const everything = JSON.stringify(statesOf({ NEXTAUTH_SECRET: `${'secret'.repeat(8)}` }));
    expect(everything).not.toContain('secretsecret');
  });
});

test('fonts and models are those that the list names', async () => {
  for (const [path, sha256] of Object.entries(assets)) {
    const bytes = await readFile(join(root, path));
    expect(createHash('sha256').update(bytes).digest('hex'), path).toBe(sha256);
  }
});

test('a disk that cannot be written and a cache that is away are red', async () => {
  const env = readEnv({ ...good, DATA_DIR: '/dev/null/nowhere', REDIS_URL: 'redis://127.0.0.1:1' });
  expect(await checkDisk(env)).toMatchObject([{ state: 'red' }]);
  expect(await checkRedis(env)).toMatchObject([{ state: 'red' }]);
});

test('what breaks while it is looked at is red, and its own words stay unsaid', async () => {
  const found = await look('part', () => {
    throw new Error('postgres://user:password@host');
  });
  expect(found).toMatchObject([{ part: 'part', state: 'red' }]);
  expect(JSON.stringify(found)).not.toContain('password');
});

test('a pooler needs a way past it', () => {
  const way = (change: object) =>
    checkPooler(readEnv({ ...good, ...change } as NodeJS.ProcessEnv)).map(({ state }) => state);
  const pooled = { DATABASE_URL: 'postgres://stayler@pooler.internal/stayler?pgbouncer=true' };
  expect(way({})).toEqual([]);
  expect(way(pooled)).toEqual(['red']);
  expect(way({ ...pooled, DATABASE_DIRECT_URL: good.DATABASE_URL })).toEqual(['green']);
});
