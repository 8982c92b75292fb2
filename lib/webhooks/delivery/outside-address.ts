import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { webhookLimits } from '../kinds.ts';

/** Addresses that lead inside, to everybody at once, or nowhere (IANA's registries of special-purpose addresses). */
const inside = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, bits, 'ipv4');
}

/** Of IPv6 what is given out to networks is 2000::/3 alone; within it, what carries another address or is a document's. */
const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');
const wrapped = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  wrapped.addSubnet(network, bits, 'ipv6');
}

/** Whether an address is one of the open network. */
export function isOutside(address: string): boolean {
  if (isIP(address) === 4) return !inside.check(address, 'ipv4');
  return isIP(address) === 6 && given.check(address, 'ipv6') && !wrapped.check(address, 'ipv6');
}

/** How a name becomes addresses, and which of them may be asked. */
export type Reach = {
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly mayReach: (address: string) => boolean;
};

export const openNetwork: Reach = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  mayReach: isOutside,
};

/**
 * The address to ask for a host, asked of DNS now; null when it has none, none in time, or one that leads inside: one is enough,
 * because whoever answers may say another the next time.
 */
export async function addressOf(host: string, { resolve, mayReach }: Reach): Promise<string | null> {
  const literal = host.replace(/^\[|\]$/g, '');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((end) => {
    timer = setTimeout(() => end([]), webhookLimits.resolveMs);
  });
  const asked = isIP(literal) ? Promise.resolve([literal]) : resolve(host).catch(() => []);
  const addresses = await Promise.race([asked, late]).finally(() => clearTimeout(timer));
  return addresses.length > 0 && addresses.every(mayReach) ? (addresses[0] ?? null) : null;
}
