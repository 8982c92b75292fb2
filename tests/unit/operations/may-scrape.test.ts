import { expect, test } from 'vitest';
import { csvCell } from '#lib/core/table/csv.ts';
import { mayScrape } from '#lib/operations/metrics/may-scrape.ts';

const token = 'a token of these tests';
const from = (peer: string, more: Record<string, string> = {}) =>
  new Headers({ 'x-peer-address': peer, ...more });
const open = { metricsToken: undefined, trustedProxyHops: 0 };

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.8.8.8'])(
  'this machine may read the metrics: %s',
  (peer) => {
    expect(mayScrape(from(peer), open)).toBe(true);
  },
);

test.each(['10.0.0.7', '192.168.1.4', '203.0.113.9', 'unknown', ''])(
  'another machine may not: %s',
  (peer) => {
    expect(mayScrape(from(peer), open)).toBe(false);
  },
);

test('behind a proxy everybody looks like this machine, so nobody may without the token', () => {
  expect(mayScrape(from('127.0.0.1'), { ...open, trustedProxyHops: 1 })).toBe(false);
  // A proxy that is not in our settings says whom it called for.
  expect(mayScrape(from('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }), open)).toBe(false);
});

test('the token opens them from anywhere; a wrong one, or one that is not set, never does', () => {
  const bearer = (given: string) => from('203.0.113.9', { authorization: `Bearer ${given}` });
  const guarded = { metricsToken: token, trustedProxyHops: 1 };
  expect(mayScrape(bearer(token), guarded)).toBe(true);
  expect(mayScrape(bearer(`${token}x`), guarded)).toBe(false);
  expect(mayScrape(bearer('undefined'), { ...guarded, metricsToken: undefined })).toBe(false);
  expect(mayScrape(from('127.0.0.1', { authorization: 'Bearer wrong' }), open)).toBe(false);
});

test.each([
  ['plain', 'plain'],
  [null, ''],
  ['a, "b"', '"a, ""b"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK(1)', "'=HYPERLINK(1)"],
  ['-1+2', "'-1+2"],
  ['one;two', '"one;two"'],
  ['one\ttwo', '"one\ttwo"'],
])('a cell of the export is quoted and never a formula: %s', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});
