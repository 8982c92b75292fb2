import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Carries the address of whoever holds the other end of the connection. Never believed from outside. */
export const peerHeader = 'x-peer-address';

const shared = globalThis as typeof globalThis & { stylerPeerRecorded?: boolean };

/**
 * Writes the socket's own address on every request that this process receives, over whatever the client put
 * there. The framework only ever shows a forwarded address, which a client can invent.
 */
export function recordPeerAddresses(): void {
  if (shared.stylerPeerRecorded) return;
  shared.stylerPeerRecorded = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[peerHeader] = request.socket.remoteAddress ?? 'unknown';
  });
}
