import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { root } from '../steps/root.ts';

/** How one part of the test run went. */
export type PartResult = Counts & { title: string; seconds: number };

/** `unsteady`: passed, but only on the second try; they are among the passed. */
type Counts = { passed: number; failed: number; skipped: number; unsteady?: number };

type Part = {
  title: string;
  /** A JavaScript file below the project's folder, and its arguments. */
  script: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** Reads how many tests ran; without it the part counts as one. */
  count?: () => Counts;
  timeoutMs: number;
};

/** Runs one part to its end, shows what it prints, and counts. A part past its time is ended and has failed. */
export async function runPart(part: Part): Promise<PartResult> {
  const startedAt = Date.now();
  process.stdout.write(`\n── ${part.title}\n`);
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', part.script, ...part.args],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...part.env },
    },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), part.timeoutMs);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', resolve);
  });
  clearTimeout(timer);
  const seconds = (Date.now() - startedAt) / 1000;
  const whole = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const counted = part.count?.() ?? whole;
  // A runner can fail without a failed test: a suite that does not load, an error nobody caught.
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  return { title: part.title, ...counted, failed, seconds };
}

/** Counts from the JSON report of vitest. */
export function vitestCounts(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  };
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
}

/** Counts from the JSON report of playwright. */
export function playwrightCounts(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  const { expected, flaky, unexpected, skipped } = stats;
  return { passed: expected + flaky, failed: unexpected, skipped, unsteady: flaky };
}
