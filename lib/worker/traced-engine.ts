import { failSpan, inSpan } from '#lib/core/tracing.ts';
import type { StyleEngine } from '#lib/styles/style-engine.ts';

/** The same engine, each picture of which is a span. */
export function tracedEngine<Engine extends StyleEngine>(engine: Engine): Engine {
  return {
    ...engine,
    stylise: (job) =>
      inSpan('engine stylise', { 'engine.name': engine.name, 'style.name': job.style }, async (span) => {
        const made = await engine.stylise(job);
        if (made.ok)
          span?.setAttributes({ 'picture.width': made.value.width, 'picture.height': made.value.height });
        else failSpan(span, made.code);
        return made;
      }),
  };
}
