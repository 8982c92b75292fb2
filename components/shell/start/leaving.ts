/** A page that is still here after this long was not left: a file came instead, or the reader thought better of it. */
const leftWithinMs = 10_000;

/** The type of what the router asks for: the pages of this site as React writes them, read while they arrive. */
const pageType = 'text/x-component';

/** What is asked for longer than this may not outlive its page: browsers allow 64 kB to all such together. */
const mostOutlivingLength = 8_000;

/** An act of a person (a server action) that carries no file: what was done counts, even when its page is left at once. */
function isAct(init: RequestInit | undefined): init is RequestInit & { body: string } {
  return (
    typeof init?.body === 'string' &&
    init.body.length <= mostOutlivingLength &&
    new Headers(init.headers).has('next-action')
  );
}

/**
 * Lets a page be left while it waits for an answer, or reads one. Firefox ends what a page asks for as soon as another one is
 * asked for; the router takes that for a server out of reach and loads its own page, which overtakes the one that was wanted,
 * a bank's too, and React reports a page that breaks off half way. So what ends while the page is being left ends nothing,
 * unless the page stays. What a person did is sent all the same. Returns `ask` with this added.
 */
export function answeredUnlessLeft(ask: typeof fetch): typeof fetch {
  return async (input, init) => {
    const leaving = watchLeaving(init?.signal);
    try {
      const answer = await ask(input, isAct(init) ? { ...init, keepalive: true } : init);
      return answer.headers.get('content-type')?.startsWith(pageType)
        ? readUnlessLeft(answer, init?.signal)
        : answer;
    } catch (error) {
      await leaving.unlessLeft();
      throw error;
    } finally {
      leaving.end();
    }
  };
}

/** `answer` with a body that does not break off while the page is being left. Until somebody asks for it the answer is as it came. */
function readUnlessLeft(answer: Response, signal: AbortSignal | null | undefined): Response {
  const { body } = answer;
  if (!body) return answer;
  let guarded: ReadableStream<Uint8Array> | undefined;
  const guard = () => {
    guarded ??= unbroken(body, signal);
    return guarded;
  };
  return Object.defineProperty(answer, 'body', { get: guard });
}

/** The bytes of `body` as they are asked for; the watch begins with the first and ends with the last. */
function unbroken(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let leaving: ReturnType<typeof watchLeaving> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        leaving ??= watchLeaving(signal);
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          await leaving.unlessLeft();
          controller.error(error);
        }
        leaving.end();
      },
      async cancel(reason) {
        leaving?.end();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Watches whether the page is being left, until `end`: only while something is asked, as a watched page is not kept for the way back. */
function watchLeaving(signal: AbortSignal | null | undefined) {
  let isLeft = false;
  const leave = () => {
    isLeft = true;
  };
  addEventListener('beforeunload', leave);
  return {
    /** Resolves at once while the page stays (or the asker gave up itself), and late when it is being left. */
    unlessLeft: () =>
      isLeft && !signal?.aborted
        ? new Promise<void>((stay) => setTimeout(stay, leftWithinMs))
        : Promise.resolve(),
    end: () => removeEventListener('beforeunload', leave),
  };
}
