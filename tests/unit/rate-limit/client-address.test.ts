import { describe, expect, it } from 'vitest';
import { clientAddress, placesOf } from '#lib/rate-limit/client-address.ts';

const sent = (forwarded: string | null, peer: string | null = '203.0.113.9') =>
  new Headers({
    ...(forwarded === null ? {} : { 'x-forwarded-for': forwarded }),
    ...(peer === null ? {} : { 'x-peer-address': peer }),
  });

describe('the address of a client', () => {
  it.each([
    ['no proxy: only the socket counts', '1.1.1.1', 0, '203.0.113.9'],
    ['one proxy: what it appended', '1.1.1.1, 198.51.100.7', 1, '198.51.100.7'],
    ['two proxies: what the outer one appended', '6.6.6.6, 198.51.100.7, 10.0.0.1', 2, '198.51.100.7'],
    ['a shorter chain than our proxies make', '198.51.100.7', 2, '203.0.113.9'],
    ['no chain at all', null, 1, '203.0.113.9'],
    ['junk in the chain', '1.1.1.1, <script>', 1, '203.0.113.9'],
    ['IPv4 dressed as IPv6', '::ffff:198.51.100.7', 1, '198.51.100.7'],
    ['IPv6', '2001:db8::1', 1, '2001:db8::1'],
  ])('with %s', (_, forwarded, hops, address) => {
    expect(clientAddress(sent(forwarded), hops)).toBe(address);
  });

  it('is one shared unknown when even the socket is silent', () => {
    expect(clientAddress(sent('1.1.1.1', null), 0)).toBe('unknown');
  });
});

describe('the places of an address', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7', null, '198.51.100.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1:0::/56', '2001:db8:1::/48'],
    ['2001:db8:1:ab2:ffff::9', '2001:db8:1:ab2::/64', '2001:db8:1:a00::/56', '2001:db8:1::/48'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64', '2001:db8:1:0::/56', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0:0::/56', '2001:db8:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0:0::/56', '0:0:0::/48'],
    ['unknown', 'unknown', null, 'unknown'],
  ])('of %s are %s, %s and %s', (text, address, site, network) =>
    expect(placesOf(text)).toEqual({ address, site, network }),
  );
});
