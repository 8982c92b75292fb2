import { failSpan, inSpan } from '#lib/core/trace/tracing.ts';
import { countPicture, watchEngines } from '#lib/operations/metrics/engine-metrics.ts';
import type { StyleEngine } from '#lib/styles/style-engine.ts';

/** The same engine, each picture of which is counted and a span, and whose health is told of. */
export function observedEngine<Engine extends StyleEngine>(engine: Engine): Engine {
  if (engine.states) watchEngines(() => engine.states?.() ?? []);
  return {
    ...engine,
    stylise: (job) => {
      // Of several the one that was asked last.
      let name = engine.name ?? 'none';
      const onEngine = async (asked: string) => {
        name = asked;
        return job.onEngine ? job.onEngine(asked) : true;
      };
      return inSpan('engine stylise', { 'style.name': job.style }, async (span) => {
        const startedAt = performance.now();
        const made = await engine.stylise({ ...job, onEngine });
        span?.setAttribute('engine.name', name);
        const outcome = made.ok ? 'completed' : job.signal.aborted ? 'aborted' : made.code;
        countPicture({ engine: name, style: job.style, outcome }, (performance.now() - startedAt) / 1000);
        if (!made.ok) failSpan(span, outcome);
        return made;
      });
    },
  };
}
