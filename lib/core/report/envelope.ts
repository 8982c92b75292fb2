import { randomBytes } from 'node:crypto';
import type { ErrorReports } from '../env/report-env.ts';
import { runningRelease } from '../release.ts';
import type { Report } from './reporting.ts';

/** How long a server may take to answer. */
const answerMs = 5000;

/** By this the same error is known again. */
export function kindOf({ errors, sentence, tags }: Report): string {
  const places = errors.flatMap(({ type, frames }) => [
    type,
    ...frames.slice(0, 3).map(({ filename, lineno }) => `${filename}:${lineno}`),
  ]);
  return [sentence, tags.code ?? '', ...places].join('|');
}

/** One event in an envelope (develop.sentry.dev/sdk/data-model/envelopes). No user, no request, no server's name, no message of an error. */
export function toEnvelope(report: Report, environment: string): string {
  const { errors, sentence, tags, platform } = report;
  const id = randomBytes(16).toString('hex');
  const release = runningRelease();
  const event = JSON.stringify({
    event_id: id,
    timestamp: Date.now() / 1000,
    platform,
    level: 'error',
    logger: 'ai-stayler',
    environment,
    ...(release ? { release } : {}),
    tags,
    message: { formatted: sentence },
    fingerprint: [kindOf(report)],
    // The cause first, and the innermost place last, as the protocol wants both.
    exception: {
      values: [...errors].reverse().map(({ type, frames }) => ({
        type,
        value: sentence,
        stacktrace: {
          frames: [...frames]
            .reverse()
            .map((frame) => ({ ...frame, in_app: !/node_modules|^node:|^elsewhere/.test(frame.filename) })),
        },
      })),
    },
  });
  const head = JSON.stringify({ event_id: id, sent_at: new Date().toISOString() });
  const item = JSON.stringify({ type: 'event', length: Buffer.byteLength(event) });
  return `${head}\n${item}\n${event}\n`;
}

/** Hands an envelope in; the status, and how long the server asks to be left alone (milliseconds). Null without an answer. */
export async function sendEnvelope(
  { url, key }: ErrorReports,
  body: string,
): Promise<{ status: number; waitMs: number } | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-sentry-envelope',
        'x-sentry-auth': `Sentry sentry_version=7, sentry_client=ai-stayler/1.0, sentry_key=${key}`,
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    });
    await response.body?.cancel();
    const seconds = Number(response.headers.get('retry-after'));
    return { status: response.status, waitMs: Number.isFinite(seconds) ? seconds * 1000 : 0 };
  } catch {
    return null;
  }
}
