import { log } from '#lib/core/log.ts';

/**
 * Repeats a task with a pause between its runs; a run that fails is logged and does not end the series.
 * Stopping waits for the run that is under way, so that nothing it uses is closed under it.
 */
export function every(
  pauseMs: number,
  title: string,
  task: () => Promise<unknown>,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout;
  let stopped = false;
  let current = Promise.resolve();
  const run = async () => {
    await task().catch((error: unknown) => log.error({ err: error }, `${title} failed`));
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      current = run();
    }, pauseMs);
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
