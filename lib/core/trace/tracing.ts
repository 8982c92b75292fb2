import type { Attributes, Span, SpanContext, Tracer } from '@opentelemetry/api';
import { perProcess } from '#lib/core/per-process.ts';
import { currentWork, runWork } from './work-context.ts';

/**
 * Spans of our own work. Nothing of the tracing library is loaded here: until somebody has called `startTracing`, a
 * span is a function call. Attributes are names, counts and codes; never a number, a token, an address or a text.
 */

/** What `startTracing` puts in place for the whole process. */
export type Tracing = {
  readonly tracer: Tracer;
  /** A span below the given one; a root when there is none. */
  startSpan(name: string, attributes: Attributes, parent: Span | SpanContext | undefined): Span;
  stop(): Promise<void>;
};

export const traced = perProcess<{ tracing?: Tracing }>('core.tracing');

/** Begins a span that the caller ends; undefined while nobody traces. */
export function beginSpan(
  name: string,
  attributes: Attributes,
  parent: Span | SpanContext | undefined = currentWork()?.span,
): Span | undefined {
  return traced.tracing?.startSpan(name, attributes, parent);
}

const statusError = 2;

/** Marks a span as failed by the kind of the failure; what an error says may hold anything. */
export function failSpan(span: Span | undefined, kind: string): void {
  span?.setAttribute('error.type', kind).setStatus({ code: statusError });
}

/** Runs `work` within a span of its own. */
export async function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span | undefined) => Promise<T>,
  parent?: Span | SpanContext,
): Promise<T> {
  const span = beginSpan(name, attributes, parent ?? currentWork()?.span);
  if (!span) return work(undefined);
  try {
    return await runWork({ requestId: '', ...currentWork(), span }, () => work(span));
  } catch (error) {
    failSpan(span, error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}

const sampled = 1;

/** The current span as a W3C `traceparent`, to be carried into a job; undefined while nobody traces. */
export function currentTraceparent(): string | undefined {
  const context = currentWork()?.span?.spanContext();
  return (
    context && `00-${context.traceId}-${context.spanId}-${(context.traceFlags & sampled) === 1 ? '01' : '00'}`
  );
}

/** Reads what `currentTraceparent` wrote. */
export function readTraceparent(text: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-(0[01])$/.exec(text ?? '') ?? [];
  if (!traceId || !spanId) return undefined;
  return { traceId, spanId, traceFlags: flags === '01' ? sampled : 0, isRemote: true };
}

/** Sends what is left and ends tracing. */
export async function stopTracing(): Promise<void> {
  const tracing = traced.tracing;
  delete traced.tracing;
  await tracing?.stop();
}
