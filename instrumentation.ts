/** Runs once in each server process, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { recordPeerAddresses } = await import('#lib/rate-limit/peer-address.ts');
  recordPeerAddresses();
  const { env } = await import('#lib/core/env/env.ts');
  const { otlpEndpoint } = env();
  (await import('#lib/core/start-reporting.ts')).startReporting(env());
  if (otlpEndpoint) {
    const { startTracing } = await import('#lib/core/trace/start-tracing.ts');
    await startTracing('web', otlpEndpoint);
  }
  const { beginRequests } = await import('#lib/core/http/begin-request.ts');
  beginRequests();
  const { recordRequestDurations } = await import('#lib/operations/metrics/request-durations.ts');
  recordRequestDurations();
  const { answerUnavailable } = await import('#lib/db/unavailable-answers.ts');
  answerUnavailable();
}

/** The framework tells of what a page or route threw before it answers. */
export async function onRequestError(error: unknown): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { noteRequestError } = await import('#lib/db/unavailable-answers.ts');
  noteRequestError(error);
}
