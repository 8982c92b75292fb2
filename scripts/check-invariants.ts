import { generateClient } from './steps/build.ts';
import { openDatabase } from './steps/database.ts';
import { runScript } from './steps/progress.ts';

const words = { holds: 'green', broken: 'RED  ', late: 'late ' } as const;

/** Asks whether everything that must always hold does. Ends with 1 when something is broken or was not answered in time. */
await runScript(async () => {
  // This command reads; bringing a schema up to date is not for a check.
  await generateClient();
  const database = await openDatabase();
  try {
    const { checkInvariants } = await import('#lib/operations/invariant/check-invariants.ts');
    const { disconnectDb } = await import('#lib/db/client.ts');
    const checked = await checkInvariants();
    await disconnectDb();
    for (const { state, name, tookMs, count, rows } of checked) {
      process.stdout.write(`${words[state]}  ${name}  (${tookMs} ms)\n`);
      for (const row of rows) process.stdout.write(`         ${JSON.stringify(row)}\n`);
      if (count > rows.length) process.stdout.write(`         and ${count - rows.length} more\n`);
    }
    const wrong = checked.filter(({ state }) => state !== 'holds').length;
    process.stdout.write(
      wrong === 0 ? `\nAll ${checked.length} hold.\n` : `\n${wrong} of ${checked.length} do not hold.\n`,
    );
    return wrong === 0 ? 0 : 1;
  } finally {
    await database.stop();
  }
});
