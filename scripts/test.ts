import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from './database/cluster.ts';
import { generateClient } from './steps/build.ts';
import { runScript } from './steps/progress.ts';
import { requireChromium } from './test-run/chromium.ts';
import { type PartResult, playwrightCounts, runPart, vitestCounts } from './test-run/part.ts';
import { startProgram } from './test-run/program.ts';

const minuteMs = 60_000;
const isFull = process.argv.includes('--full');

/** The linter takes all cores and the others take one each, so these go one after the other beside it. */
async function checkCode(): Promise<PartResult[]> {
  const [lint, rest] = await Promise.all([
    runPart({
      title: 'lint',
      script: 'node_modules/@biomejs/biome/bin/biome',
      // This rule reads the types of the whole tree, which takes two thirds of the linter's time: `npm run lint` and
      // the full tier have it.
      args: ['check', '--error-on-warnings', ...(isFull ? [] : ['--skip=nursery/noFloatingPromises']), '.'],
      timeoutMs: 4 * minuteMs,
    }),
    checkTypes(),
  ]);
  return [lint, ...rest];
}

async function checkTypes(): Promise<PartResult[]> {
  return [
    await runPart({
      title: 'types',
      script: 'node_modules/typescript/bin/tsc',
      args: ['--noEmit'],
      timeoutMs: 8 * minuteMs,
    }),
    await runPart({
      title: 'unused files, exports, types and packages',
      script: 'node_modules/knip/bin/knip.js',
      args: ['--no-progress'],
      timeoutMs: 3 * minuteMs,
    }),
    await runPart({
      title: 'exports of the program that only tests use',
      script: 'node_modules/knip/bin/knip.js',
      args: ['--no-progress', '--production', '--include', 'files,exports,types'],
      timeoutMs: 3 * minuteMs,
    }),
  ];
}

async function runVitest(folder: string): Promise<PartResult> {
  const cluster = await startCluster({
    dataDir: join(folder, 'database'),
    // Tests make and drop thousands of rows and hundreds of databases; a crash loses nothing of worth.
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'],
  });
  const report = join(folder, 'vitest.json');
  try {
    return await runPart({
      title: 'unit, architecture, database, integration, access and contract tests',
      script: 'node_modules/vitest/vitest.mjs',
      args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      env: {
        TEST_DATABASE_URL: cluster.url.replace(/\/aistayler$/, '/postgres'),
        LOG_LEVEL: 'silent',
        ...(isFull ? { TEST_FULL: '1' } : {}),
      },
      count: () => vitestCounts(report),
      timeoutMs: (isFull ? 45 : 20) * minuteMs,
    });
  } finally {
    await cluster.stop();
  }
}

/** The program's own data; its build is bound to a key that lies there. */
function programData(folder: string): string {
  const dataDir = join(folder, 'program');
  mkdirSync(dataDir, { recursive: true });
  return dataDir;
}

/** Builds what the browser tests start: beside tests that wait a third of their time. */
async function buildProgram(folder: string): Promise<PartResult> {
  return runPart({
    title: 'build',
    script: 'scripts/build.ts',
    args: [],
    env: { DATA_DIR: programData(folder) },
    timeoutMs: 12 * minuteMs,
  });
}

async function runBrowser(folder: string, chromium: string): Promise<PartResult[]> {
  const dataDir = programData(folder);
  const startedAt = Date.now();
  process.stdout.write('\n── start of the whole program\n');
  const program = await startProgram(dataDir);
  const starting = (Date.now() - startedAt) / 1000;
  const report = join(folder, 'playwright.json');
  const browser = await runPart({
    title: 'browser tests',
    script: 'node_modules/playwright/cli.js',
    args: ['test'],
    env: {
      BASE_URL: program.url,
      // Commands that a journey runs work on the program's own database.
      DATA_DIR: dataDir,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      ...(isFull ? { TEST_FULL: '1' } : {}),
    },
    count: () => playwrightCounts(report),
    timeoutMs: (isFull ? 25 : 18) * minuteMs,
  });
  const stopped = await program.stop();
  const clean = stopped.code === 0;
  if (!clean) process.stdout.write(`The program did not stop cleanly (code ${stopped.code})\n`);
  return [
    { title: 'start of the whole program', passed: 1, failed: 0, skipped: 0, seconds: starting },
    browser,
    {
      title: 'clean stop on Ctrl-C',
      passed: clean ? 1 : 0,
      failed: clean ? 0 : 1,
      skipped: 0,
      seconds: stopped.seconds,
    },
  ];
}

async function runFaults(folder: string): Promise<PartResult> {
  const report = join(folder, 'faults.json');
  return runPart({
    title: 'faults and abuse, with real processes',
    script: 'scripts/test-faults.ts',
    args: [],
    env: { FAULTS_REPORT: report },
    count: () => {
      if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
      return JSON.parse(readFileSync(report, 'utf8')) as { passed: number; failed: number; skipped: number };
    },
    timeoutMs: 42 * minuteMs,
  });
}

/** @param seconds From the beginning: parts that ran beside each other are not added up. */
function printSummary(parts: readonly PartResult[], seconds: number): void {
  process.stdout.write('\n');
  for (const { title, passed, failed, skipped, unsteady, seconds: took } of parts) {
    const rest = `${skipped ? `, ${skipped} skipped` : ''}${unsteady ? `, ${unsteady} on the second try only` : ''}`;
    const counts = `${passed} passed, ${failed} failed${rest}`;
    process.stdout.write(`${took.toFixed(1).padStart(7)} s  ${title}: ${counts}\n`);
  }
  const sum = (key: 'passed' | 'failed') => parts.reduce((total, part) => total + part[key], 0);
  process.stdout.write(`${seconds.toFixed(1).padStart(7)} s  in all\n\n`);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
}

await runScript(async () => {
  const startedAt = Date.now();
  const chromium = await requireChromium();
  await generateClient();
  // The database's own user must reach it, wherever the clone is.
  const folder = mkdtempSync(join(tmpdir(), 'ai-stayler-test-'));
  chmodSync(folder, 0o755);
  const parts: PartResult[] = [];
  let finished = false;
  let allPassed = false;
  try {
    parts.push(...(await checkCode()));
    parts.push(...(await Promise.all([runVitest(folder), buildProgram(folder)])));
    parts.push(...(await runBrowser(folder, chromium)));
    if (isFull) parts.push(await runFaults(folder));
    finished = true;
  } finally {
    allPassed = parts.every(({ failed }) => failed === 0) && finished;
    if (allPassed) rmSync(folder, { recursive: true, force: true });
    else process.stdout.write(`\nLogs and reports are kept in ${folder}\n`);
    printSummary(parts, (Date.now() - startedAt) / 1000);
  }
  return allPassed ? 0 : 1;
});
