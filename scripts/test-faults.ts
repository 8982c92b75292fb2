import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from './database/cluster.ts';
import { type Judged, judge, type Ran, readReport } from './faults/judge.ts';
import { scanLogs } from './faults/scan-logs.ts';
import { scenarios } from './faults/scenarios.ts';
import { writeTable } from './faults/write-table.ts';
import { buildWeb, generateClient } from './steps/build.ts';
import { runScript } from './steps/progress.ts';
import { runPart } from './test-run/part.ts';

const minuteMs = 60_000;

/** Numbers on the command line: only these scenarios. */
const wanted = process.argv.slice(2).map(Number).filter(Number.isInteger);
const chosen = scenarios.filter(({ number }) => wanted.length === 0 || wanted.includes(number));
const filesOf = (isFault: boolean) => [
  ...new Set(
    chosen
      .flatMap(({ proofs }) => proofs.map(([file]) => file))
      .filter((file) => file.startsWith('tests/faults/') === isFault),
  ),
];

async function runTests(
  title: string,
  folder: string,
  serverUrl: string,
  args: readonly string[],
  minutes: number,
) {
  const report = join(folder, `${title.replaceAll(/\W+/g, '-')}.json`);
  await runPart({
    title,
    script: 'node_modules/vitest/vitest.mjs',
    args: ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    env: {
      TEST_DATABASE_URL: serverUrl,
      TEST_FAULTS: '1',
      TEST_FULL: '1',
      FAULT_LOGS: join(folder, 'logs'),
      LOG_LEVEL: 'silent',
    },
    timeoutMs: minutes * minuteMs,
  });
  return existsSync(report) ? readReport(report) : [];
}

async function runAll(folder: string): Promise<Ran[]> {
  const cluster = await startCluster({
    dataDir: join(folder, 'database'),
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'],
  });
  try {
    const serverUrl = cluster.url.replace(/\/aistayler$/, '/postgres');
    const faults = filesOf(true);
    const others = filesOf(false);
    return [
      ...(others.length > 0 ? await runTests('abuse and many at once', folder, serverUrl, others, 20) : []),
      ...(faults.length > 0
        ? await runTests('real processes', folder, serverUrl, ['--project', 'faults', ...faults], 20)
        : []),
    ];
  } finally {
    await cluster.stop();
  }
}

/** The secrets scenario also reads what this very run has logged. */
function withLogs(judged: Judged, logs: { lines: number; found: readonly string[] }): Judged {
  if (judged.scenario.number !== 56 || logs.found.length === 0) return judged;
  return { ...judged, result: 'failed', troubles: [...judged.troubles, ...logs.found] };
}

await runScript(async () => {
  await generateClient();
  await buildWeb();
  // The database's own user must reach it, wherever the clone is.
  const folder = mkdtempSync(join(tmpdir(), 'ai-stayler-faults-'));
  chmodSync(folder, 0o755);
  const logFolder = join(folder, 'logs');
  mkdirSync(logFolder);
  const ran = await runAll(folder);
  const logs = scanLogs(logFolder);
  const judged = chosen.map((scenario) => withLogs(judge(scenario, ran), logs));
  process.stdout.write('\n');
  for (const { scenario, result, tests, recoverySeconds, troubles } of judged) {
    const time = recoverySeconds === null ? '' : `, recovered in ${recoverySeconds.toFixed(1)} s`;
    process.stdout.write(
      `${String(scenario.number).padStart(2)} ${result}  ${scenario.what} (${tests} tests${time})\n`,
    );
    for (const trouble of troubles) process.stdout.write(`     ${trouble}\n`);
  }
  const failed = judged.filter(({ result }) => result === 'failed').length;
  const skipped = judged.filter(({ result }) => result === 'skipped').length;
  const report = process.env.FAULTS_REPORT;
  const passed = judged.length - failed - skipped;
  if (report) writeFileSync(report, JSON.stringify({ passed, failed, skipped }));
  else process.stdout.write(`\nWritten: ${writeTable(judged, logs.lines)}\n`);
  if (failed === 0) rmSync(folder, { recursive: true, force: true });
  else process.stdout.write(`\nLogs and reports are kept in ${folder}\n`);
  if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});
