import type { Server } from 'node:http';

/**
 * Ends a web server in order: nobody new is taken, connections that are only kept open are closed, what is being
 * answered is finished. What is still going on after the limit, an event stream for one, is cut. True when nothing was.
 */
export async function drain(server: Server, limitMs: number): Promise<boolean> {
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  server.closeIdleConnections();
  // A connection that was in use a moment ago is idle only when its answer has gone.
  const sweeper = setInterval(() => server.closeIdleConnections(), 200);
  const timer = new AbortController();
  const late = new Promise<false>((resolve) => {
    const timeout = setTimeout(() => resolve(false), limitMs);
    timer.signal.addEventListener('abort', () => clearTimeout(timeout));
  });
  const isWhole = await Promise.race([closed, late]);
  timer.abort();
  clearInterval(sweeper);
  if (!isWhole) server.closeAllConnections();
  await closed;
  return isWhole;
}
