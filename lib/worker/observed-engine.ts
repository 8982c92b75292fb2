import { failSpan, inSpan } from '#lib/core/trace/tracing.ts';
import { countPicture } from '#lib/operations/metrics/engine-metrics.ts';
import type { StyleEngine } from '#lib/styles/style-engine.ts';

/** The same engine, each picture of which is counted and a span. */
export function observedEngine<Engine extends StyleEngine>(engine: Engine): Engine {
  return {
    ...engine,
    stylise: (job) => {
      const attributes = { 'engine.name': engine.name, 'style.name': job.style };
      return inSpan('engine stylise', attributes, async (span) => {
        const startedAt = performance.now();
        const made = await engine.stylise(job);
        const outcome = made.ok ? 'completed' : job.signal.aborted ? 'aborted' : made.code;
        countPicture(
          { engine: engine.name, style: job.style, outcome },
          (performance.now() - startedAt) / 1000,
        );
        if (!made.ok) failSpan(span, outcome);
        return made;
      });
    },
  };
}
