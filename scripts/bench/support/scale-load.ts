import { quantile, report } from './report.ts';

const kinds = ['sign in', 'upload', 'convert', 'page', 'pay'] as const;
export type Kind = (typeof kinds)[number];

/** One thing somebody did: when it began (seconds), how long it took, and what was wrong with it. */
export type Seen = { kind: Kind; at: number; ms: number; ok: boolean; why: string };

/** Tells how each kind of work went, in seconds of the run; true where something failed that the kill does not explain. */
export function tellLoad(
  seen: readonly Seen[],
  { killedAt, backAt, loadSeconds }: { killedAt: number; backAt: number; loadSeconds: number },
): boolean {
  let isBad = false;
  for (const kind of kinds) {
    const mine = seen.filter((one) => one.kind === kind);
    const good = mine.filter(({ ok }) => ok);
    const late = mine.filter(({ ok, at }) => !ok && (at < killedAt - 2 || at > killedAt + 10)).length;
    const why = [...new Set(mine.filter(({ ok }) => !ok).map((one) => one.why.slice(0, 60)))].join('; ');
    report({
      what: `${kind}: ${mine.length} in ${loadSeconds.toFixed(0)} s, one web server and one worker killed after ${killedAt.toFixed(0)} s`,
      measured: `${mine.length - good.length} failed${why ? ` (${why})` : ''}, p50 ${quantile(
        good.map(({ ms }) => ms),
        0.5,
      ).toFixed(0)} ms, p95 ${quantile(
        good.map(({ ms }) => ms),
        0.95,
      ).toFixed(0)} ms`,
      wanted: 'failures only within 10 s of the kill',
      met: late === 0,
    });
    isBad ||= late > 0;
  }
  const failures = seen.filter(({ ok }) => !ok).map(({ at, ms }) => at + ms / 1000);
  report({
    what: 'from the kill to the last failed request; the killed ones were back',
    measured: `${Math.max(0, ...failures.map((at) => at - killedAt)).toFixed(1)} s; ${(backAt - killedAt).toFixed(0)} s after it`,
    wanted: 'at most 10 s',
    met: failures.every((at) => at - killedAt <= 10),
  });
  return isBad;
}
