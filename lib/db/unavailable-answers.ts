import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { perProcess } from '#lib/core/per-process.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

type Begun = { isUnavailable: boolean };

// Next bundles each entry apart: one place for the whole process.
const shared = perProcess<{ answers?: AsyncLocalStorage<Begun> }>('db.unavailableAnswers');

const retryAfterSeconds = '2';

/**
 * Has every request that fails because the database cannot be asked answered with 503 and when to come back; the
 * framework knows only 500, which caches and clients take for a bug. Safe to call again.
 */
export function answerUnavailable(): void {
  if (shared.answers) return;
  const storage = new AsyncLocalStorage<Begun>();
  shared.answers = storage;
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse };
    const begun: Begun = { isUnavailable: false };
    const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
    response.writeHead = ((status: number, ...rest: unknown[]) => {
      if (status !== 500 || !begun.isUnavailable) return writeHead(status, ...rest);
      response.setHeader('retry-after', retryAfterSeconds);
      return writeHead(503, ...rest);
    }) as ServerResponse['writeHead'];
    storage.enterWith(begun);
  });
}

/** Notes why the current request failed; what else it may have been stays a bug. */
export function noteRequestError(error: unknown): void {
  const begun = shared.answers?.getStore();
  if (begun && isDatabaseUnavailable(error)) begun.isUnavailable = true;
}
