import { Counter, Histogram } from 'prom-client';
import { perProcess } from '#lib/core/per-process.ts';

type Labels = 'engine' | 'style' | 'outcome';

type EngineMetrics = {
  readonly pictures: Counter<Labels>;
  readonly durations: Histogram<'engine' | 'style'>;
};

const shared = perProcess<{ engine?: EngineMetrics }>('metrics.engine');

/** What the engine did in this process, which is a worker's. One set a process, however often the module is loaded. */
export function engineMetrics(): EngineMetrics {
  shared.engine ??= {
    pictures: new Counter({
      name: 'ai_stayler_engine_pictures_total',
      help: 'Pictures asked of the engine, by how that ended.',
      labelNames: ['engine', 'style', 'outcome'],
      registers: [],
    }),
    durations: new Histogram({
      name: 'ai_stayler_engine_duration_seconds',
      help: 'Seconds the engine took for a picture that it finished.',
      labelNames: ['engine', 'style'],
      buckets: [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120],
      registers: [],
    }),
  };
  return shared.engine;
}

/** Counts one picture. `outcome` is `completed` or one of our error codes. */
export function countPicture(labels: Readonly<Record<Labels, string>>, seconds: number): void {
  const { pictures, durations } = engineMetrics();
  pictures.inc(labels);
  if (labels.outcome === 'completed')
    durations.observe({ engine: labels.engine, style: labels.style }, seconds);
}
