import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rollUpFigures } from '#lib/operations/figures/roll-up-figures.ts';
import { collectMetrics } from '#lib/operations/metrics/collect-metrics.ts';
import { countPicture, watchEngines } from '#lib/operations/metrics/engine-metrics.ts';
import { requestDurations, requestsInFlight } from '#lib/operations/metrics/request-durations.ts';
import { root } from '#scripts/steps/root.ts';
import { parsePrometheus } from '#tests/support/formats/prometheus.ts';
import { useIdentity } from '#tests/support/identity.ts';

// What costs money is told only where something does.
Object.assign(process.env, {
  STYLE_ENGINE: 'gemini',
  STYLE_ENGINE_KEY: 'a-key',
  ENGINE_PRICE_RIALS: '40000',
  ENGINE_DAILY_LIMIT_RIALS: '1000000',
});
const database = useIdentity();

/** The names that a query asks for, and the labels that it groups or chooses by. */
function asked(query: string): { metrics: string[]; labels: string[] } {
  const metrics = [...query.matchAll(/\b(?:ai_stayler|http|nodejs|process)_[a-z0-9_]+/g)].map(
    ([name]) => name,
  );
  const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/, */));
  const chosen = [...query.matchAll(/([a-z_]+)(?:=~|!=|=)"/g)].map(([, name = '']) => name);
  return { metrics, labels: [...grouped, ...chosen] };
}

const rules = [
  ...readFileSync(join(root, 'docs/deploy/prometheus/alerts.yaml'), 'utf8').matchAll(
    /expr: (?:\|\n((?: {10,}.*\n)+)|(.*))/g,
  ),
].map(([, block, line]) => (block ?? line ?? '').trim());
const board = JSON.parse(readFileSync(join(root, 'docs/deploy/grafana/board.json'), 'utf8')) as {
  panels: { targets: { expr: string }[] }[];
};
const queries = [...rules, ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))];

test('alerts and board ask for what a scrape really tells, by labels it really has', async () => {
  expect(queries.length).toBeGreaterThan(30);
  await database().query(`INSERT INTO pgboss.job (name, data) VALUES ('conversion.run', '{}')`);
  expect(await rollUpFigures()).toBe(true);
  countPicture({ engine: 'local', style: 'ink', outcome: 'completed' }, 0.7);
  watchEngines(() => [{ engine: 'gemini', isResting: true, isOut: false }]);
  requestDurations().observe({ method: 'GET', status: '2xx' }, 0.1);
  requestsInFlight().inc();
  const samples = [...parsePrometheus((await collectMetrics()).text).keys()];
  const told = new Set(samples.map((key) => key.replace(/\{.*/, '')));
  const labels = new Set(
    samples.flatMap((key) => [...key.matchAll(/([a-z_]+)="/g)].map(([, name = '']) => name)),
  );
  for (const query of queries) {
    const { metrics, labels: wanted } = asked(query);
    expect(metrics.length, query).toBeGreaterThan(0);
    expect(metrics.filter((name) => !told.has(name))).toEqual([]);
    // Prometheus itself adds where a sample comes from.
    expect(wanted.filter((name) => name !== 'instance' && !labels.has(name))).toEqual([]);
  }
});
