import type { UserActor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { watchRow } from '#lib/db/listen.ts';
import { findConversion } from './find-conversion.ts';
import { type ConversionView, isFinal, toProgress } from './view.ts';

/** The queue position changes without a change of the conversion itself; and a lost notice is found here. */
const refreshEveryMs = 3000;
/** A stream that is older ends; the browser opens another by itself. */
const longestMs = 10 * 60_000;

/**
 * Server-sent events (WHATWG HTML, section 9.2) with the progress of a conversion: one at once, one for each
 * change, the last when it is final. The account is looked up again with every event, so a session's end or
 * a deletion ends the stream.
 */
export function streamProgress(
  actor: UserActor,
  first: ConversionView,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      let last = '';
      let busy = false;
      let again = false;
      let ended = false;
      const end = () => {
        if (ended) return;
        ended = true;
        stop();
        try {
          controller.close();
        } catch {
          // The reader has gone.
        }
      };
      const tell = (view: ConversionView) => {
        const data = JSON.stringify(toProgress(view));
        if (data !== last) controller.enqueue(encoder.encode(`data: ${data}\n\n`));
        last = data;
        if (isFinal(view)) end();
      };
      const look = async () => {
        if (busy || ended) {
          again = true;
          return;
        }
        busy = true;
        do {
          again = false;
          const found = await findConversion(actor, first.id);
          if (ended) break;
          if (!found.ok) end();
          else tell(found.value);
        } while (again && !ended);
        busy = false;
      };
      const safely = () =>
        void look().catch((error) => {
          log.warn({ err: error }, 'progress not told');
          end();
        });
      const unwatch = watchRow('conversion_changed', first.id, safely);
      const refresh = setInterval(safely, refreshEveryMs);
      const limit = setTimeout(end, longestMs);
      stop = () => {
        unwatch();
        clearInterval(refresh);
        clearTimeout(limit);
      };
      signal.addEventListener('abort', end, { once: true });
      controller.enqueue(encoder.encode('retry: 1000\n\n'));
      tell(first);
    },
    cancel() {
      stop();
    },
  });
}
