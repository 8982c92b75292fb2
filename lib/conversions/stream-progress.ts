import type { UserActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { findConversion } from './find-conversion.ts';
import { streamEvents } from './stream-events.ts';
import { type ConversionView, isFinal, toProgress } from './view.ts';

/** How a conversion is told; those who watch in one form share one look at it. */
type ProgressForm = { readonly name: string; readonly toEvent: (view: ConversionView) => unknown };

/** The progress of a conversion until it is final; its place in the line changes without a change of its own. */
export function streamProgress(
  actor: UserActor,
  first: ConversionView,
  signal: AbortSignal,
  form: ProgressForm = { name: 'page', toEvent: toProgress },
): Result<ReadableStream<Uint8Array>> {
  const look = async () => {
    const found = await findConversion(actor, first.id);
    return found.ok ? found.value : null;
  };
  const followed = {
    channel: 'conversion_changed',
    id: first.id,
    look,
    isLast: isFinal,
    form: form.name,
    toEvent: form.toEvent,
    everyMs: 3000,
    longestMs: 10 * 60_000,
    retryMs: 1000,
  } as const;
  return streamEvents(actor, first, followed, signal);
}
