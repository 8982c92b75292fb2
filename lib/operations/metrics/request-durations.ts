import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gauge, Histogram } from 'prom-client';
import { perProcess } from '#lib/core/per-process.ts';

const shared = perProcess<{ durations?: Histogram<'method' | 'status'>; inFlight?: Gauge }>(
  'metrics.requests',
);

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * How long this process takes to answer, by method and class of status. No paths: they would make a series of every
 * address that anybody thinks up. One histogram a process, however often the module is loaded.
 */
export function requestDurations(): Histogram<'method' | 'status'> {
  shared.durations ??= new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from the first line of a request to the end of its answer.',
    labelNames: ['method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [],
  });
  return shared.durations;
}

/** Requests that this process is answering, event streams among them. */
export function requestsInFlight(): Gauge {
  shared.inFlight ??= new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests that are being answered, event streams among them.',
    registers: [],
  });
  return shared.inFlight;
}

const begun = new WeakMap<IncomingMessage, number>();
let isRecording = false;

/** Measures every request that this process answers from now on. Long-lived event streams end when they end. */
export function recordRequestDurations(): void {
  if (isRecording) return;
  isRecording = true;
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    begun.set(request, performance.now());
    requestsInFlight().inc();
    response.once('close', () => requestsInFlight().dec());
  });
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const start = begun.get(request);
    if (start === undefined) return;
    const method = request.method && methods.has(request.method) ? request.method : 'other';
    const status = `${Math.trunc(response.statusCode / 100)}xx`;
    requestDurations().observe({ method, status }, (performance.now() - start) / 1000);
  });
}
