import { isIP } from 'node:net';
import { env } from '#lib/core/env/env.ts';
import { peerHeader } from './peer-address.ts';

/** IPv4 inside IPv6, as a dual-stack socket shows it, is the IPv4 address. */
function plainAddress(text: string): string | null {
  const address = text
    .trim()
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/^\[|\]$/g, '');
  return isIP(address) ? address : null;
}

/**
 * The address of the client. Each of our own proxies appends the address it was called from, so with N of
 * them the Nth entry from the right is the last one that a stranger could not write. With none, only the
 * socket counts.
 */
export function clientAddress(headers: Headers, hops: number = env().trustedProxyHops): string {
  if (hops > 0) {
    const chain = (headers.get('x-forwarded-for') ?? '').split(',');
    const forwarded = plainAddress(chain[chain.length - hops] ?? '');
    if (forwarded) return forwarded;
  }
  return plainAddress(headers.get(peerHeader) ?? '') ?? 'unknown';
}

/** The first groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = address.includes('::') && tail !== '' ? tail.split(':') : [];
  const zeros = address.includes('::')
    ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
    : [];
  return [...left, ...zeros, ...right].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
}

/** The places that an address lies in, smallest first; as budgets are counted by them. */
export type Places = {
  /** One IPv4 address; a whole /64 in IPv6, which one subscriber holds. */
  readonly address: string;
  /** The /56 that some providers give a subscriber; IPv4 has none. */
  readonly site: string | null;
  /** A /48 of IPv6, a /24 of IPv4: what is rented or announced as one. */
  readonly network: string;
};

/** The places of an address. What is no address is a place of its own. */
export function placesOf(address: string): Places {
  const version = isIP(address);
  if (version === 0) return { address, site: null, network: address };
  if (version === 4) {
    return { address, site: null, network: `${address.split('.').slice(0, 3).join('.')}.0/24` };
  }
  const groups = groupsOf(address);
  const [first = '0', second = '0', third = '0', fourth = '0'] = groups;
  const network = `${first}:${second}:${third}`;
  const site = (Number.parseInt(fourth, 16) & 0xff00).toString(16);
  return {
    address: `${network}:${fourth}::/64`,
    site: `${network}:${site}::/56`,
    network: `${network}::/48`,
  };
}
