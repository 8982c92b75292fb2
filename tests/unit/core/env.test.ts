import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnv } from '#lib/core/env/env.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'env-'));
const given = (more: Record<string, string>) =>
  readEnv({
    DATABASE_URL: 'postgres://a:b@localhost/c',
    DATA_DIR: dataDir,
    ...more,
  } as unknown as NodeJS.ProcessEnv);

describe('the environment', () => {
  it('needs nothing but a database and then keeps everything embedded on loopback', () => {
    const read = given({});
    expect(read.embedded).toEqual({
      database: false,
      payments: true,
      sms: true,
      uploads: true,
      secrets: true,
    });
    expect([read.host, read.port, read.nextauthUrl]).toEqual(['127.0.0.1', 3000, 'http://localhost:3000']);
  });

  it.each([
    ['PORT', 'three'],
    ['DATABASE_URL', 'mysql://x'],
    ['NEXTAUTH_SECRET', 'short'],
    ['SMS_PROVIDER', 'pigeon'],
    ['SMS_FALLBACK_PROVIDER', 'outbox'],
    ['SMS_FALLBACK_PROVIDER', 'smsir,pigeon'],
    ['BOT_TELEGRAM_TOKEN', 'no number'],
    ['BOT_TELEGRAM_NAME', '@named'],
    ['BOT_BALE_ROOT', 'ftp://x'],
    ['BOT_BALE_UPDATES', 'both'],
    ['KAVENEGAR_API_KEY', 'two words'],
    ['KAVENEGAR_TEMPLATE', 'two words'],
    ['KAVENEGAR_BASE_URL', 'ftp://x'],
    ['SMSIR_TEMPLATE_ID', 'abc'],
    ['SMSIR_BASE_URL', 'nowhere'],
    ['RATE_LIMIT_SCALE', '-1'],
    ['ZARINPAL_MERCHANT_ID', 'not-a-uuid'],
    ['PAYMENT_GATEWAYS', 'zarinpal,paypal'],
    ['PAYMENT_GATEWAYS', 'zibal,zibal'],
    ['ZIBAL_MERCHANT', 'two words'],
    ['STORAGE', 'floppy'],
    ['ENAMAD_ID', '1"><script>'],
    ['S3_ENDPOINT', 'somewhere'],
    ['S3_BUCKET', 'Not A Bucket'],
    ['S3_PATH_STYLE', 'perhaps'],
  ])('names a malformed %s, what is wrong and an example, without its value', (name, value) => {
    expect(() => given({ [name]: value })).toThrow(
      new RegExp(`^${name} is malformed: it must .+ Example: ${name}=`),
    );
    expect(() => given({ [name]: value })).not.toThrow(value);
  });

  it('counts an empty variable as one that is not set', () => {
    expect(given({ PORT: '', SMS_PROVIDER: '' }).port).toBe(3000);
  });

  it('makes one secret and keeps it', () => {
    expect(given({}).nextauthSecret).toBe(given({}).nextauthSecret);
    expect(given({}).nextauthSecret.length).toBeGreaterThanOrEqual(32);
  });

  const production = {
    NODE_ENV: 'production',
    NEXTAUTH_URL: 'https://stayler.example',
    NEXTAUTH_SECRET: 'x'.repeat(32),
    SMS_PROVIDER: 'kavenegar',
    KAVENEGAR_API_KEY: 'a-key-from-the-panel',
    KAVENEGAR_TEMPLATE: 'stayler-code',
    ZARINPAL_MERCHANT_ID: '11111111-1111-4111-8111-111111111111',
  };

  it.each(['NEXTAUTH_SECRET', 'SMS_PROVIDER', 'ZARINPAL_MERCHANT_ID'])(
    'refuses production without %s',
    (name) => {
      expect(() => given({ ...production, [name]: '' })).toThrow(name);
      expect(given(production).isProduction).toBe(true);
    },
  );

  it('takes the gateways in their order, and in production none that is simulated or only for trying', () => {
    const one = given(production).gateways;
    expect(one.map(({ name, takesNew }) => [name, takesNew])).toEqual([['zarinpal', true]]);
    const both = { ...production, PAYMENT_GATEWAYS: 'zibal, zarinpal' };
    expect(() => given(both)).toThrow('ZIBAL_MERCHANT is not set');
    expect(() => given({ ...both, ZIBAL_MERCHANT: 'zibal' })).toThrow('for trying Zibal out');
    const read = given({ ...both, ZIBAL_MERCHANT: '5f0c1b2a' });
    expect(read.gateways.map(({ name }) => name)).toEqual(['zibal', 'zarinpal']);
    expect(read.embedded.payments).toBe(false);
    // One that takes nothing new is still asked about what went there.
    const before = given({ ...production, ZIBAL_MERCHANT: '5f0c1b2a' });
    expect(before.gateways.map(({ name, takesNew }) => [name, takesNew])).toEqual([
      ['zarinpal', true],
      ['zibal', false],
    ]);
  });

  it.each(['KAVENEGAR_API_KEY', 'KAVENEGAR_TEMPLATE'])('names %s when the provider needs it', (name) => {
    expect(() => given({ ...production, [name]: '' })).toThrow(
      new RegExp(`^${name} is not set: .+ Example:`),
    );
    expect(() => given({ SMS_PROVIDER: 'kavenegar', KAVENEGAR_API_KEY: 'key' })).toThrow(
      'KAVENEGAR_TEMPLATE',
    );
  });

  it('knows both providers in their order, and asks for the settings of the second one too', () => {
    const two = { ...production, SMS_FALLBACK_PROVIDER: 'smsir' };
    expect(() => given(two)).toThrow('SMSIR_API_KEY');
    const read = given({ ...two, SMSIR_API_KEY: 'key', SMSIR_TEMPLATE_ID: '100000' });
    expect(read.smsProviders.map(({ provider }) => provider)).toEqual(['kavenegar', 'smsir']);
  });

  const bucket = {
    STORAGE: 's3',
    S3_ENDPOINT: 'https://s3.example/',
    S3_BUCKET: 'pictures',
    S3_ACCESS_KEY_ID: 'key',
    S3_SECRET_ACCESS_KEY: 'secret',
  };

  it('keeps pictures where it is told, on this disk when nothing is said', () => {
    expect(given({}).storage).toEqual({ kind: 'local' });
    expect(given({ UPLOADTHING_TOKEN: 't' })).toMatchObject({
      storage: { kind: 'uploadthing', token: 't' },
      embedded: { uploads: false },
    });
    expect(given({ ...bucket, UPLOADTHING_TOKEN: 't', STORAGE_BEFORE: 'uploadthing' })).toMatchObject({
      storage: { kind: 's3', endpoint: 'https://s3.example', region: 'us-east-1', pathStyle: true },
      storageBefore: { kind: 'uploadthing' },
      embedded: { uploads: true },
    });
    expect(() => given({ ...bucket, STORAGE_BEFORE: 's3' })).toThrow(/^STORAGE_BEFORE is malformed/);
  });

  it.each(['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])(
    'names %s when a bucket needs it',
    (name) => {
      expect(() => given({ ...bucket, [name]: '' })).toThrow(new RegExp(`^${name} is not set`));
    },
  );

  it('shows a seal of trust only whole, and lets its picture in only then', () => {
    expect(given({})).toMatchObject({ seal: null, sealMeta: undefined });
    expect(given({ ENAMAD_META: '123' })).toMatchObject({ seal: null, sealMeta: '123' });
    expect(given({ ENAMAD_ID: '42', ENAMAD_CODE: 'aB3' }).seal).toEqual({
      page: 'https://trustseal.enamad.ir/?id=42&Code=aB3',
      picture: 'https://trustseal.enamad.ir/logo.aspx?id=42&Code=aB3',
    });
    expect(() => given({ ENAMAD_ID: '42' })).toThrow(/^ENAMAD_CODE is not set/);
    expect(() => given({ ENAMAD_CODE: 'a' })).toThrow(/^ENAMAD_ID is not set/);
  });

  it('is not production on loopback, whatever NODE_ENV says', () => {
    expect(given({ NODE_ENV: 'production', NEXTAUTH_URL: 'http://localhost:3000' }).isProduction).toBe(false);
  });
});
