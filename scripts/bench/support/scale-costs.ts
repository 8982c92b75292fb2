import type pg from 'pg';
import type { Running } from '#scripts/rig/processes.ts';
import { coreMs, residentMb } from './process-cost.ts';
import { report } from './report.ts';

type Lived = {
  /** The web server and the workers that nobody killed. */
  readonly web: Running | undefined;
  readonly workers: readonly Running[];
  /** How many there were, second by second. */
  readonly connections: readonly number[];
  /** Conversions that were finished. */
  readonly done: number;
};

/** What each part used, for the plan in docs/scale.md. */
export async function tellCosts(
  client: pg.Client,
  { web, workers, connections, done }: Lived,
): Promise<void> {
  const [worker] = workers;
  const { rows: sizes } = await client.query<{ perImage: number }>(
    `SELECT coalesce(avg(byte_size), 0)::float8 AS "perImage" FROM stored_files`,
  );
  const { rows: times } = await client.query<{ p50: number; wait: number }>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY processing_time_ms)::float8 AS p50,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM first_claimed_at - created_at))::float8 AS wait
     FROM user_conversions WHERE status = 'completed' AND attempts = 1`,
  );
  const coreSeconds = workers.reduce((sum, one) => sum + coreMs(one.pid), 0) / 1000;
  for (const [what, measured] of [
    ['connections to the database, most', `${Math.max(...connections)} (2 web servers, 3 workers)`],
    [
      'a web server that lived through it',
      `${web ? residentMb(web.pid).toFixed(0) : '?'} MB resident, ${web ? (coreMs(web.pid) / 1000).toFixed(0) : '?'} s of a core`,
    ],
    ['a worker that lived through it', `${worker ? residentMb(worker.pid).toFixed(0) : '?'} MB resident`],
    [
      'a conversion, painting beside everything else on this machine',
      `p50 ${((times[0]?.p50 ?? 0) / 1000).toFixed(1)} s, waited p95 ${(times[0]?.wait ?? 0).toFixed(1)} s; about ${((coreSeconds * 1.5) / Math.max(1, done)).toFixed(1)} s of a core`,
    ],
    ['a picture with its sizes', `${Math.round((sizes[0]?.perImage ?? 0) / 1000)} kB`],
  ] as const) {
    report({ what, measured, wanted: 'no promise', met: null });
  }
}
