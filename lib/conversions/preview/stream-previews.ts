import type { UserActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { streamEvents } from '../stream-events.ts';
import { findPreviews } from './find-previews.ts';
import type { PreviewProgress } from './view.ts';

/** The previews of a photo until all are there. Nobody waits longer than a minute for what only helps to choose. */
export function streamPreviews(
  actor: UserActor,
  first: PreviewProgress,
  signal: AbortSignal,
): Result<ReadableStream<Uint8Array>> {
  const look = async () => {
    const found = await findPreviews(actor, first.imageId, { begin: false });
    return found.ok ? found.value : null;
  };
  const followed = {
    channel: 'preview_made',
    id: first.imageId,
    look,
    isLast: (progress: PreviewProgress) => progress.done,
    toEvent: (progress: PreviewProgress) => progress,
    everyMs: 2000,
    longestMs: 60_000,
    retryMs: 2000,
  } as const;
  return streamEvents(actor, first, followed, signal);
}
