import type { Env } from './env/env.ts';
import { log } from './log.ts';
import { kindOf, sendEnvelope, toEnvelope } from './report/envelope.ts';
import { reporting } from './report/reporting.ts';

/** What waits, how often the same is told, and how long a server that does not answer is left alone. */
const limits = {
  queue: 50,
  sameMs: 60_000,
  kinds: 200,
  aMinute: 60,
  firstPauseMs: 30_000,
  longestPauseMs: 600_000,
  stopMs: 2000,
} as const;

/**
 * Has errors reported from now on, one after the other: 50 wait at most, the same one is told once a minute, 60 are told a
 * minute, and a server that fails is left alone for half a minute to ten. Does nothing where nobody asked for it. What is too much is dropped: the log has it.
 */
export function startReporting({
  errorReports: to,
  isProduction,
}: Pick<Env, 'errorReports' | 'isProduction'>): void {
  if (!to || reporting.send) return;
  const environment = isProduction ? 'production' : 'development';
  const waiting: string[] = [];
  const told = new Map<string, number>();
  let minute = { began: 0, count: 0 };
  let pauses = 0;
  let closedUntil = 0;
  let work: Promise<void> | null = null;
  const drain = async () => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      const answer = await sendEnvelope(to, body);
      if (answer && answer.status < 300) {
        pauses = 0;
        continue;
      }
      const pauseMs = Math.min(limits.longestPauseMs, limits.firstPauseMs * 2 ** pauses);
      pauses += 1;
      closedUntil = Date.now() + Math.min(limits.longestPauseMs, Math.max(pauseMs, answer?.waitMs ?? 0));
      waiting.length = 0;
      log.warn({ status: answer?.status ?? null }, 'errors are not reported for a while');
    }
    work = null;
  };
  reporting.send = (report) => {
    const now = Date.now();
    if (now < closedUntil || waiting.length >= limits.queue) return;
    const kind = kindOf(report);
    if (now - (told.get(kind) ?? -limits.sameMs) < limits.sameMs) return;
    if (now - minute.began >= 60_000) minute = { began: now, count: 0 };
    if (minute.count >= limits.aMinute) return;
    minute.count += 1;
    if (told.size >= limits.kinds) told.clear();
    told.set(kind, now);
    waiting.push(toEnvelope(report, environment));
    work ??= drain();
  };
  reporting.stop = async () => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, limits.stopMs).unref());
    await Promise.race([work ?? Promise.resolve(), late]);
  };
}
