import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { isIPv6 } from 'node:net';
import { webhookLimits } from '../kinds.ts';
import { addressOf, type Reach } from './outside-address.ts';

/** How an attempt ended: the receiver's status, or why there was none. Only 2xx is a delivery. */
export type Attempt = { readonly status: number | null; readonly error: string | null };

/**
 * Posts a message, once: to the address that was checked a moment ago and no other, without following anybody elsewhere,
 * within ten seconds, reading nothing of the answer but its status.
 */
export async function postMessage(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  reach: Reach,
): Promise<Attempt> {
  const target = new URL(url);
  const address = await addressOf(target.hostname, reach);
  if (!address) return { status: null, error: 'address' };
  const send = target.protocol === 'https:' ? secure : plain;
  const signal = AbortSignal.timeout(webhookLimits.answerMs);
  return new Promise<Attempt>((resolve) => {
    const request = send(
      target,
      {
        method: 'POST',
        agent: false,
        signal,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'AI-Stayler-Webhooks/1',
        },
        // Whoever is asked for by name now is who was checked: the name is not looked up again.
        lookup: (_host, options, found) => {
          const family = isIPv6(address) ? 6 : 4;
          if (options.all) found(null, [{ address, family }]);
          else found(null, address, family);
        },
      },
      (response) => {
        resolve({ status: response.statusCode ?? null, error: null });
        response.destroy();
      },
    );
    request.once('error', () => resolve({ status: null, error: signal.aborted ? 'timeout' : 'connection' }));
    request.end(body);
  });
}
