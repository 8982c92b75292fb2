import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { db, poolState } from '#lib/db/client.ts';
import { actAsSystem } from '#lib/db/walls/acting.ts';
import { listSpending } from '#lib/rate-limit/spending.ts';
import { findSnapshot, listEngineFigures, type SystemFigures } from '../figures/store.ts';
import { engineMetrics } from './engine-metrics.ts';
import { requestDurations, requestsInFlight } from './request-durations.ts';
import { readOpenFigures, readQueueFigures } from './store.ts';

/** What a process tells Prometheus. Names follow its convention: base units, `_total` for what only grows. */

/** Gauges of the library whose names say that they only grow; those by type beside them say the same. */
const namedLikeCounters = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

const ownMetrics = perProcess<{ registry?: Registry }>('metrics.registry');

/** What this process knows of itself. One registry a process, however often the module is loaded. */
function processRegistry(): Registry {
  if (!ownMetrics.registry) {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    for (const name of namedLikeCounters) registry.removeSingleMetric(name);
    registry.registerMetric(requestDurations());
    registry.registerMetric(requestsInFlight());
    const { pictures, durations, states } = engineMetrics();
    for (const metric of [pictures, durations, ...states]) registry.registerMetric(metric);
    poolGauges(registry);
    ownMetrics.registry = registry;
  }
  return ownMetrics.registry;
}

/** The connections of this process, read when somebody asks. */
function poolGauges(registry: Registry): void {
  new Gauge({
    name: 'ai_stayler_db_pool_connections',
    help: 'Database connections of this process, by what they do; `most` is how many it may have.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { open, idle, most } = poolState();
      this.set({ state: 'busy' }, open - idle);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'most' }, most);
    },
  });
  new Gauge({
    name: 'ai_stayler_db_pool_waiting',
    help: 'How many wait for a database connection in this process.',
    registers: [registry],
    collect() {
      this.set(poolState().waiting);
    },
  });
}

type Sample = readonly [labels: Record<string, string>, value: number];

function gauge(
  registry: Registry,
  name: string,
  help: string,
  samples: readonly Sample[],
  labelNames = [...new Set(samples.flatMap(([labels]) => Object.keys(labels)))],
): void {
  const made = new Gauge({ name, help, labelNames, registers: [registry] });
  for (const [labels, value] of samples) made.set(labels, value);
}

const conversionsOf = (figures: SystemFigures, live: { pending: number; processing: number }): Sample[] => [
  [{ status: 'pending' }, live.pending],
  [{ status: 'processing' }, live.processing],
  [{ status: 'completed' }, figures.completed_conversions ?? 0],
  [{ status: 'failed' }, figures.failed_conversions ?? 0],
];

const paymentsOf = (figures: SystemFigures, pending: number): Sample[] => [
  [{ status: 'pending' }, pending],
  ...(['completed', 'failed', 'cancelled', 'expired'] as const).map(
    (status): Sample => [{ status }, figures[`${status}_payments`] ?? 0],
  ),
];

/** What all processes share: read anew at every scrape, from small indexes and from what was rolled up. */
async function sharedRegistry(): Promise<Registry> {
  const registry = new Registry();
  const [open, queues, snapshot, engines] = await Promise.all([
    readOpenFigures(db()),
    readQueueFigures(db()),
    findSnapshot(db()),
    listEngineFigures(db(), 1),
  ]);
  const of = (value: (one: (typeof queues)[number]) => number): Sample[] =>
    queues.map((one) => [{ queue: one.queue }, value(one)]);
  gauge(
    registry,
    'ai_stayler_queue_waiting_jobs',
    'Jobs that wait.',
    of((one) => one.waiting),
  );
  gauge(
    registry,
    'ai_stayler_queue_active_jobs',
    'Jobs that run.',
    of((one) => one.active),
  );
  gauge(
    registry,
    'ai_stayler_queue_oldest_job_age_seconds',
    'How long the oldest job that may run has waited.',
    of((one) => one.oldestSeconds),
  );
  const figures = snapshot?.figures ?? {};
  const { pendingConversions: pending, processingConversions: processing } = open;
  gauge(
    registry,
    'ai_stayler_conversions',
    'Conversions by status; the final ones as of the last roll-up.',
    conversionsOf(figures, { pending, processing }),
  );
  gauge(
    registry,
    'ai_stayler_conversion_oldest_pending_age_seconds',
    'How long the first in line has waited.',
    [[{}, open.oldestPendingSeconds]],
  );
  gauge(
    registry,
    'ai_stayler_payments',
    'Payments by status; the final ones as of the last roll-up.',
    paymentsOf(figures, open.pendingPayments),
  );
  gauge(
    registry,
    'ai_stayler_conversions_last_day',
    'Conversions asked for in the last day by the engine that made them, as of the last roll-up.',
    engines.flatMap(({ engine, completed, failed }): Sample[] => [
      [{ engine, outcome: 'completed' }, completed],
      [{ engine, outcome: 'failed' }, failed],
    ]),
    ['engine', 'outcome'],
  );
  const spending = await listSpending();
  gauge(
    registry,
    'ai_stayler_spending_today_rials',
    'What calls that cost money have taken today, in Rials.',
    spending.map(({ purpose, today }): Sample => [{ purpose }, today.rials]),
    ['purpose'],
  );
  gauge(
    registry,
    'ai_stayler_spending_limit_rials',
    'What they may take in a day before those who do not pay are paused.',
    spending.flatMap(({ purpose, settings: { limitRials } }): Sample[] =>
      limitRials === null ? [] : [[{ purpose }, limitRials]],
    ),
    ['purpose'],
  );
  gauge(registry, 'ai_stayler_payments_needing_attention', 'Payments a person must look at.', [
    [{}, open.attention],
  ]);
  gauge(registry, 'ai_stayler_refund_transfers_waiting', 'Refunds whose money a person has to send.', [
    [{}, open.transfers],
  ]);
  gauge(registry, 'ai_stayler_stray_payments', 'Money at the gateway that belongs to no payment.', [
    [{}, open.strays],
  ]);
  gauge(registry, 'ai_stayler_open_image_reports', 'Reports of visitors that nobody has decided.', [
    [{}, open.openReports],
  ]);
  gauge(registry, 'ai_stayler_notices_created', 'Notices written since the server’s statistics were reset.', [
    [{}, open.notices],
  ]);
  gauge(registry, 'ai_stayler_revenue_rials', 'Rials taken, net of refunds, as of the last roll-up.', [
    [{}, figures.total_revenue ?? 0],
  ]);
  gauge(
    registry,
    'ai_stayler_rollup_age_seconds',
    'How old the rolled-up figures are; -1 when there are none.',
    [[{}, snapshot ? (Date.now() - snapshot.takenAt.getTime()) / 1000 : -1]],
  );
  return registry;
}

/**
 * The metrics in Prometheus's text format. What the process knows of itself is told even while the database is away;
 * `ai_stayler_up` says whether it was asked.
 */
export async function collectMetrics(): Promise<{ contentType: string; text: string }> {
  const own = processRegistry();
  const shared = await actAsSystem(sharedRegistry).catch((error: unknown) => {
    log.warn({ err: error }, 'metrics of the database could not be read');
    return new Registry();
  });
  const state = new Registry();
  const isUp = shared.getMetricsAsArray().length > 0;
  gauge(state, 'ai_stayler_up', 'Whether the database could be asked for this scrape.', [[{}, isUp ? 1 : 0]]);
  const text = await Registry.merge([own, shared, state]).metrics();
  return { contentType: own.contentType, text };
}
