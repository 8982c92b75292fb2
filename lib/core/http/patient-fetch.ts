/** How long a service may leave us without its next byte. */
const longestSilenceMs = 20_000;

/**
 * A request, given up when nothing came for 20 seconds. What bounds it is silence and not the
 * length of the whole: a big picture goes to a slow line as slowly as the line takes it. Throws what `fetch` does.
 */
export async function patientFetch(
  input: string | URL | Request,
  init: RequestInit = {},
  silenceMs = longestSilenceMs,
): Promise<Response> {
  const silence = new AbortController();
  const signal = init.signal ? AbortSignal.any([init.signal, silence.signal]) : silence.signal;
  const within = async <T>(work: Promise<T>): Promise<T> => {
    const timer = setTimeout(
      () => silence.abort(new DOMException('the service is silent', 'TimeoutError')),
      silenceMs,
    );
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  };
  const response = await within(fetch(input, { ...init, signal }));
  if (!response.body) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await within(reader.read());
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}
