import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { perProcess } from '#lib/core/per-process.ts';

// Next bundles each route apart: one place for the whole process.
const answers = perProcess('http.answers', () => new AsyncLocalStorage<ServerResponse>());

/** Makes this the answer of everything that the current request begins. */
export function enterAnswer(response: ServerResponse): void {
  answers.enterWith(response);
}

/**
 * Puts the `content-length` that a route gave its answer on the wire: the framework drops it, since a `fetch` may have
 * unpacked the body that it counts. Where the answer is compressed after all, the compressor takes it away again.
 * Outside a request of this process's own server it does nothing.
 */
export function sayLength(answer: Response): void {
  const length = answer.headers.get('content-length');
  const response = answers.getStore();
  if (length !== null && response && !response.headersSent) response.setHeader('content-length', length);
}
