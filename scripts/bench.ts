import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './bench/support/report.ts';
import { keepMeasurements } from './bench/support/write-benchmarks.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { Notice, runScript } from './steps/progress.ts';
import { root } from './steps/root.ts';

/**
 * Runs every measurement in scripts/bench, or those that are named, one after the other, and writes what they found
 * into docs/benchmarks.md. Ends with 1 when one of them missed what it must reach.
 */
await runScript(async () => {
  const wanted = process.argv.slice(2);
  const folder = join(root, 'scripts', 'bench');
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -3));
  const strange = wanted.find((name) => !all.includes(name));
  if (strange) throw new Notice(`There is no measurement "${strange}". There are: ${all.join(', ')}`);
  const database = await prepareDatabase();
  const reports = mkdtempSync(join(tmpdir(), 'stayler-bench-report-'));
  let failures = 0;
  try {
    for (const name of all.filter((one) => wanted.length === 0 || wanted.includes(one))) {
      process.stdout.write(`\n── ${name}\n`);
      const file = join(reports, name);
      const { status } = spawnSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', join(folder, `${name}.ts`)],
        { stdio: 'inherit', env: { ...process.env, DATABASE_URL: database.url, BENCH_REPORT: file } },
      );
      if (status !== 0) failures += 1;
      const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
      if (lines.length > 0)
        keepMeasurements(
          name,
          lines.map((line) => JSON.parse(line) as Row),
        );
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
    await database.stop();
  }
  return failures === 0 ? 0 : 1;
});
