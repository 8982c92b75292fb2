import { actOutside } from '#lib/db/walls/acting.ts';

/** Prints a step as it begins and, when it took a moment, how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  process.stdout.write(`${title}\n`);
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  const ticker = setInterval(() => process.stdout.write(`  … ${seconds()} s\n`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(ticker);
    if (Date.now() - started > 500) process.stdout.write(`  done in ${seconds()} s\n`);
  }
}

/** Something the person at the terminal can act on; shown without a stack. */
export class Notice extends Error {
  override readonly name = 'Notice';
}

/** Runs a script's main function, which acts for the program itself: notices are printed as one sentence, anything else with its stack. */
export async function runScript(main: () => Promise<number | undefined>): Promise<void> {
  actOutside('system');
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const plain = error instanceof Error && (error.name === 'Notice' || error.name === 'EnvError');
    process.stderr.write(`\n${plain ? (error as Error).message : ((error as Error)?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
  // Everything was closed; a library's forgotten timer must not keep the terminal waiting.
  setTimeout(() => process.exit(), 100).unref();
}
