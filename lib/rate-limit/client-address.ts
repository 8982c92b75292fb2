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

/** What a budget per address is counted by: a whole /64 in IPv6, which one subscriber holds. */
export function addressBudgetKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = address.includes('::') && tail !== '' ? tail.split(':') : [];
  const zeros = address.includes('::')
    ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
    : [];
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.join(':')}::/64`;
}
