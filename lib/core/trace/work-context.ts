import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import { perProcess } from '#lib/core/per-process.ts';

/** On whose behalf code runs at the moment: a request, or a job that a request asked for. */
export type WorkContext = {
  /** Names the request in every log line, here and in its jobs. */
  readonly requestId: string;
  readonly queue?: string;
  readonly jobId?: string;
  /** The span under which further ones are made; absent while nobody traces. */
  readonly span?: Span | undefined;
};

// Next bundles each route apart, and scripts load modules of their own: one place for the whole process.
const storage = perProcess('core.work', () => new AsyncLocalStorage<WorkContext>());

export function currentWork(): WorkContext | undefined {
  return storage.getStore();
}

/** Runs `work`, and everything it begins, on behalf of `context`. */
export function runWork<T>(context: WorkContext, work: () => T): T {
  return storage.run(context, work);
}

/** The same for the rest of the current callback and what follows from it, where there is nothing to wrap. */
export function enterWork(context: WorkContext): void {
  storage.enterWith(context);
}
