import type { UserActor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { watchRow } from '#lib/db/listen.ts';
import { findPreviews } from './find-previews.ts';
import type { PreviewProgress } from './view.ts';

/** A notice may get lost; then the next look finds what it told of. */
const lookEveryMs = 2000;
/** Nobody waits longer for what only helps to choose. */
const longestMs = 60_000;

/** Server-sent events with the previews of a photo: one at once, one whenever more are there, the last with all. */
export function streamPreviews(
  actor: UserActor,
  first: PreviewProgress,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream({
    start(controller) {
      let last = '';
      let ended = false;
      let busy = false;
      let again = false;
      const tell = (progress: PreviewProgress) => {
        const data = JSON.stringify(progress);
        if (data !== last) controller.enqueue(encoder.encode(`data: ${data}\n\n`));
        last = data;
        if (progress.done) end();
      };
      const look = async () => {
        if (busy || ended) {
          again = true;
          return;
        }
        busy = true;
        do {
          again = false;
          const found = await findPreviews(actor, first.imageId, { begin: false });
          if (ended) break;
          if (found.ok) tell(found.value);
          else end();
        } while (again && !ended);
        busy = false;
      };
      const safely = () =>
        void look().catch((error: unknown) => {
          log.warn({ err: error }, 'previews not told');
          end();
        });
      const unwatch = watchRow('preview_made', first.imageId, safely);
      const refresh = setInterval(safely, lookEveryMs);
      const limit = setTimeout(() => end(), longestMs);
      end = () => {
        if (ended) return;
        ended = true;
        unwatch();
        clearInterval(refresh);
        clearTimeout(limit);
        try {
          controller.close();
        } catch {
          // The reader has gone.
        }
      };
      signal.addEventListener('abort', () => end(), { once: true });
      controller.enqueue(encoder.encode('retry: 2000\n\n'));
      tell(first);
    },
    cancel() {
      end();
    },
  });
}
