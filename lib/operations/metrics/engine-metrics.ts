import { Counter, Gauge, Histogram } from 'prom-client';
import { perProcess } from '#lib/core/per-process.ts';
import type { EngineState } from '#lib/styles/style-engine.ts';

type Labels = 'engine' | 'style' | 'outcome';

type EngineMetrics = {
  readonly pictures: Counter<Labels>;
  readonly durations: Histogram<'engine' | 'style'>;
  readonly states: readonly Gauge<'engine'>[];
};

const shared = perProcess<{ engine?: EngineMetrics; states?: () => readonly EngineState[] }>(
  'metrics.engine',
);

/** Of the hosted engines, as this process saw them when somebody asks; without any it says nothing. */
function stateGauge(name: string, help: string, isSo: (state: EngineState) => boolean): Gauge<'engine'> {
  return new Gauge({
    name,
    help,
    labelNames: ['engine'],
    registers: [],
    collect() {
      for (const state of shared.states?.() ?? []) this.set({ engine: state.engine }, isSo(state) ? 1 : 0);
    },
  });
}

/** From now on these engines are told of. */
export function watchEngines(states: () => readonly EngineState[]): void {
  shared.states = states;
}

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
    states: [
      stateGauge(
        'ai_stayler_engine_resting',
        'Whether this worker asks the engine after the others for a while, because it failed.',
        ({ isResting }) => isResting,
      ),
      stateGauge(
        'ai_stayler_engine_out_of_service',
        'Whether the engine failed this worker three times over; it is asked again now and then.',
        ({ isOut }) => isOut,
      ),
    ],
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
