import { beforeEach, describe, expect, it, vi } from 'vitest';

const headers = (values: Record<string, string>) => new Headers({ host: 'stayler.example', ...values });

async function sameSite(url: string) {
  vi.resetModules();
  process.env.DATABASE_URL = 'postgres://user:secret@localhost/none';
  process.env.NEXTAUTH_SECRET = 'a secret of these tests, long enough to be one';
  process.env.NEXTAUTH_URL = url;
  return import('#lib/core/http/same-site.ts');
}

describe('a request that changes something', () => {
  let isOurs: (method: string, headers: Headers) => boolean;
  beforeEach(async () => {
    ({ isOurs } = await sameSite('https://stayler.example'));
  });

  it.each([
    ['the browser says it is ours', { 'sec-fetch-site': 'same-origin' }, true],
    ['the browser says it is a sibling’s', { 'sec-fetch-site': 'same-site' }, false],
    ['the browser says it is foreign', { 'sec-fetch-site': 'cross-site' }, false],
    ['the address was typed', { 'sec-fetch-site': 'none' }, false],
    [
      'the browser says foreign and the origin lies',
      { 'sec-fetch-site': 'cross-site', origin: 'https://stayler.example' },
      false,
    ],
    ['only the origin speaks, and is ours', { origin: 'https://stayler.example' }, true],
    ['only the origin speaks, and is foreign', { origin: 'https://evil.example' }, false],
    ['the origin only begins like ours', { origin: 'https://stayler.example.evil.example' }, false],
    ['the origin is hidden', { origin: 'null' }, false],
    ['the host was forged to fit', { origin: 'https://evil.example', host: 'evil.example' }, false],
    [
      'the forwarded host was forged to fit',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
      false,
    ],
    ['nothing says where it is from', {}, false],
  ])('passes or not when %s', (_, sent, passes) => {
    expect(isOurs('POST', headers(sent as Record<string, string>))).toBe(passes);
    expect(isOurs('DELETE', headers(sent as Record<string, string>))).toBe(passes);
  });

  it('is not a GET', () => expect(isOurs('GET', headers({ 'sec-fetch-site': 'cross-site' }))).toBe(true));
});

it('on loopback the machine’s own names are one place, and no other', async () => {
  const { isOurs } = await sameSite('http://localhost:3000');
  const from = (host: string, origin: string) => isOurs('POST', new Headers({ host, origin }));
  expect(from('127.0.0.1:3000', 'http://127.0.0.1:3000')).toBe(true);
  expect(from('localhost:3000', 'http://localhost:4000')).toBe(false);
  expect(from('evil.example', 'http://evil.example')).toBe(false);
});
