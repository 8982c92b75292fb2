import { EnvError, env } from '#lib/core/env/env.ts';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';
import { generateClient } from './steps/build.ts';
import { openDatabase } from './steps/database.ts';
import { runScript } from './steps/progress.ts';

const marks = { green: 'green', amber: 'amber', red: 'RED  ' } as const;
const colours = { green: 32, amber: 33, red: 31 } as const;

function paint(state: Finding['state'], text: string): string {
  const isPlain = !process.stdout.isTTY || process.env.NO_COLOR;
  return isPlain ? text : `\u001b[${colours[state]}m${text}\u001b[0m`;
}

function print(findings: readonly Finding[]): void {
  let part = '';
  for (const { part: own, state, says, todo } of findings) {
    if (own !== part) process.stdout.write(`\n${own}\n`);
    part = own;
    process.stdout.write(`  ${paint(state, marks[state])}  ${says}\n`);
    if (todo) process.stdout.write(`         ${todo}\n`);
  }
  const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length;
  process.stdout.write(`\n${count('green')} green, ${count('amber')} amber, ${count('red')} red.\n`);
}

async function findAll(): Promise<Finding[]> {
  try {
    return await examine(env(), process.env);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return [
      { part: 'settings', state: 'red', says: error.message, todo: 'Nothing else can be looked at before.' },
    ];
  } finally {
    const { disconnectDb } = await import('#lib/db/client.ts');
    await disconnectDb();
  }
}

/** Looks at everything that production needs. Ends with 1 while something is red. */
await runScript(async () => {
  const isJson = process.argv.includes('--json');
  process.env.LOG_LEVEL ??= 'error';
  await generateClient();
  const database = await openDatabase();
  try {
    const findings = await findAll();
    if (isJson) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
    else print(findings);
    return findings.some(({ state }) => state === 'red') ? 1 : 0;
  } finally {
    await database.stop();
  }
});
