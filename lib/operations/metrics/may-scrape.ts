import { createHash, timingSafeEqual } from 'node:crypto';
import { type Env, env } from '#lib/core/env/env.ts';
import { clientAddress } from '#lib/rate-limit/client-address.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether somebody may read the metrics: with the token, or from this machine when no proxy stands in front. */
export function mayScrape(
  headers: Headers,
  { metricsToken, trustedProxyHops }: Pick<Env, 'metricsToken' | 'trustedProxyHops'> = env(),
): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (given !== undefined) {
    return metricsToken !== undefined && timingSafeEqual(digest(given), digest(metricsToken));
  }
  if (trustedProxyHops !== 0) return false;
  // The socket's own address, and what was forwarded: a proxy on this machine that is not in our settings would
  // otherwise let everybody in.
  return isLoopback(clientAddress(headers, 0)) && isLoopback(clientAddress(headers, 1));
}

const isLoopback = (address: string) => address === '::1' || /^127(\.\d+){3}$/.test(address);
