import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateClient } from './steps/build.ts';
import { openDatabase } from './steps/database.ts';
import { runScript } from './steps/progress.ts';
import { root } from './steps/root.ts';

/** Runs every measurement in scripts/bench, or those that are named, one after the other. */
await runScript(async () => {
  await generateClient();
  const database = await openDatabase();
  const wanted = process.argv.slice(2);
  const folder = join(root, 'scripts', 'bench');
  const names = readdirSync(folder).filter(
    (name) => name.endsWith('.ts') && (wanted.length === 0 || wanted.includes(name.slice(0, -3))),
  );
  let failures = 0;
  try {
    for (const name of names) {
      process.stdout.write(`\n── ${name.slice(0, -3)}\n`);
      const { status } = spawnSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', join(folder, name)],
        {
          stdio: 'inherit',
          env: { ...process.env, DATABASE_URL: database.url },
        },
      );
      if (status !== 0) failures += 1;
    }
  } finally {
    await database.stop();
  }
  return failures === 0 ? 0 : 1;
});
