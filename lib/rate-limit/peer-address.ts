import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { perProcess } from '#lib/core/per-process.ts';

/** Carries the address of the other end of the connection. Never believed from outside. */
export const peerHeader = 'x-peer-address';

const shared = perProcess<{ isRecording?: boolean }>('rateLimit.peerAddresses');

/**
 * Writes the socket's own address on every request that this process receives, over whatever the client put
 * there. The framework only ever shows a forwarded address, which a client can invent.
 */
export function recordPeerAddresses(): void {
  if (shared.isRecording) return;
  shared.isRecording = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[peerHeader] = request.socket.remoteAddress ?? 'unknown';
  });
}
