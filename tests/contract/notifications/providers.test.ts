import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Phone, parsePhone } from '#lib/core/phone.ts';
import { createBale } from '#lib/notifications/sms/bale.ts';
import { createKavenegar } from '#lib/notifications/sms/kavenegar.ts';
import { createSmsIr } from '#lib/notifications/sms/sms-ir.ts';
import type { SmsMessage } from '#lib/notifications/sms/sms-sender.ts';
import {
  createSmsProvider,
  kavenegarAnswer,
  type SmsProvider,
  smsIrAnswer,
  type Turn,
} from '#tests/support/servers/sms-provider.ts';

let provider: SmsProvider;
beforeAll(async () => {
  provider = await createSmsProvider();
});
afterAll(() => provider.close());

const apiKey = 'a-secret-key';
const message: SmsMessage = {
  about: 'phone_verify',
  id: '0b0e8d7e-3c35-4c06-8f0e-a5a9f2a1b6d1',
  to: parsePhone('09123456789') as Phone,
  text: 'unused',
  template: { name: 'code', value: '123456' },
};
const kavenegar = () =>
  createKavenegar({
    provider: 'kavenegar',
    apiKey,
    template: 'code-t',
    noticeTemplate: undefined,
    baseUrl: provider.url,
  });
const smsIr = () =>
  createSmsIr({ provider: 'smsir', apiKey, templateId: 7, noticeTemplateId: 8, baseUrl: provider.url });

async function outcome(sender: { send: (one: SmsMessage) => Promise<unknown> }, turn: Turn) {
  provider.answer(turn);
  return sender.send(message);
}

describe('Kavenegar', () => {
  it('is asked as its documents say', async () => {
    expect(await outcome(kavenegar(), kavenegarAnswer(200))).toEqual({ ok: true });
    const asked = provider.received.at(-1);
    expect(asked?.url).toBe(`/v1/${apiKey}/verify/lookup.json`);
    expect(asked?.headers['content-type']).toContain('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      receptor: '09123456789',
      template: 'code-t',
      token: '123456',
    });
  });

  it.each([
    [409, 'retry'],
    [429, 'retry'],
    [451, 'retry'],
    [503, 'retry'],
    [411, 'refuse'],
    [417, 'refuse'],
    [403, 'misconfigured'],
    [418, 'misconfigured'],
    [424, 'misconfigured'],
    [501, 'misconfigured'],
  ])('with status %i means: %s, whether HTTP says so too or not', async (status, kind) => {
    expect(await outcome(kavenegar(), kavenegarAnswer(status))).toMatchObject({ ok: false, kind });
    expect(await outcome(kavenegar(), kavenegarAnswer(status, status))).toMatchObject({ ok: false, kind });
  });

  it('has not taken a message while HTTP says otherwise', async () => {
    expect(await outcome(kavenegar(), kavenegarAnswer(200, 502))).toMatchObject({ kind: 'retry' });
  });

  it('sends no notice without a template for it', async () => {
    const notice = { ...message, template: { name: 'notice', value: 'stayler.example' } } as const;
    expect(await kavenegar().send(notice)).toMatchObject({ kind: 'elsewhere' });
  });
});

describe('SMS.ir', () => {
  it('is asked as its documents say', async () => {
    expect(await outcome(smsIr(), smsIrAnswer(1))).toEqual({ ok: true });
    const asked = provider.received.at(-1);
    expect(asked?.url).toBe('/v1/send/verify');
    expect(asked?.headers['x-api-key']).toBe(apiKey);
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      mobile: '09123456789',
      templateId: 7,
      parameters: [{ name: 'CODE', value: '123456' }],
    });
  });

  it.each([
    [0, 500, 'retry'],
    [20, 429, 'retry'],
    [104, 400, 'refuse'],
    [115, 400, 'refuse'],
    [10, 401, 'misconfigured'],
    [102, 400, 'misconfigured'],
    [113, 200, 'misconfigured'],
  ])('with status %i and HTTP %i means: %s', async (status, httpStatus, kind) => {
    expect(await outcome(smsIr(), smsIrAnswer(status, httpStatus))).toMatchObject({ ok: false, kind });
  });
});

describe.each([
  ['Kavenegar', kavenegar],
  ['SMS.ir', smsIr],
])('%s', (_, make) => {
  it.each<[string, Turn]>([
    ['ends the connection', 'hang up'],
    ['answers with a page', { status: 200, body: '<html>' }],
    ['answers with something else', { status: 200, body: { hello: 1 } }],
    ['answers without end', { status: 200, body: 'x'.repeat(100_000) }],
    ['sends us elsewhere', { status: 302, body: {} }],
  ])('that %s may take the message later', async (__, turn) => {
    expect(await outcome(make(), turn)).toMatchObject({ ok: false, kind: 'retry' });
  });

  it('that does not answer is given up after two seconds', async () => {
    const start = Date.now();
    expect(await outcome(make(), 'hang')).toMatchObject({ kind: 'retry' });
    expect(Date.now() - start).toBeLessThan(3000);
  });

  it('leaves neither key, number nor code in what is written down', async () => {
    for (const turn of ['hang up', kavenegarAnswer(403, 403), { status: 500, body: 'x' }] as Turn[]) {
      expect(JSON.stringify(await outcome(make(), turn))).not.toMatch(/a-secret-key|9123456789|123456/);
    }
  });
});

describe('Bale', () => {
  /** A client of its own for each test: a token is kept as long as it is good. */
  const bale = (clientId: string) =>
    createBale({ provider: 'bale', clientId, clientSecret: 'a-secret', baseUrl: provider.url });
  const token = (value: string, seconds = 3600): Turn => ({
    status: 200,
    body: { access_token: value, expires_in: seconds, token_type: 'bearer' },
  });
  const taken: Turn = { status: 200, body: { balance: 99 } };

  it('is asked for a token once and then for each code, as its documents say', async () => {
    provider.script(token('one'), taken, taken);
    const from = provider.received.length;
    const sender = bale('client-a');
    expect(await sender.send(message)).toEqual({ ok: true });
    expect(await sender.send(message)).toEqual({ ok: true });
    const [first, second, third] = provider.received.slice(from);
    expect(first?.url).toBe('/api/v2/auth/token');
    expect(Object.fromEntries(new URLSearchParams(first?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-a',
      client_secret: 'a-secret',
      scope: 'read',
    });
    expect([second?.url, third?.url]).toEqual(['/api/v2/send_otp', '/api/v2/send_otp']);
    expect(second?.headers.authorization).toBe('Bearer one');
    expect(JSON.parse(second?.body ?? '')).toEqual({ phone: '989123456789', otp: 123456 });
  });

  it('gets a new token when the old one ended, and asks no third time', async () => {
    const denied: Turn = { status: 401, body: {} };
    provider.script(token('old'), denied, token('new'), taken);
    expect(await bale('client-b').send(message)).toEqual({ ok: true });
    expect(provider.received.at(-1)?.headers.authorization).toBe('Bearer new');
    provider.script(token('old'), denied, token('new'), denied);
    expect(await bale('client-c').send(message)).toMatchObject({ kind: 'misconfigured' });
    provider.script(token('short', 30), taken, token('next'), taken);
    await bale('client-d').send(message);
    expect(await bale('client-d').send(message)).toEqual({ ok: true });
  });

  it.each<[number, unknown, string]>([
    [404, {}, 'elsewhere'],
    [400, { code: 3 }, 'refuse'],
    [400, { code: 18 }, 'retry'],
    [429, {}, 'retry'],
    [500, 'no JSON', 'retry'],
    [402, { code: 20 }, 'misconfigured'],
    [403, {}, 'misconfigured'],
  ])('with HTTP %i and %j means: %s', async (status, body, kind) => {
    const sender = bale(`client-${status}-${kind}`);
    provider.script(token('one'), { status, body });
    expect(await sender.send(message)).toMatchObject({ ok: false, kind });
  });

  it('tells a wrong client from a gateway that is down', async () => {
    provider.script({ status: 401, body: { error: 'invalid_client' } });
    expect(await bale('client-e').send(message)).toMatchObject({ kind: 'misconfigured' });
    provider.script({ status: 503, body: {} });
    expect(await bale('client-e').send(message)).toMatchObject({ kind: 'retry' });
    provider.script('hang up');
    expect(await bale('client-e').send(message)).toMatchObject({ kind: 'retry' });
  });

  it('leaves what is no code, and what a number would change, to others', async () => {
    const from = provider.received.length;
    for (const template of [
      { name: 'notice', value: 'stayler.example' },
      { name: 'code', value: '012345' },
    ] as const)
      expect(await bale('client-f').send({ ...message, template })).toMatchObject({ kind: 'elsewhere' });
    expect(provider.received).toHaveLength(from);
  });
});
