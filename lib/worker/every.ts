import { log } from '#lib/core/log.ts';

/** Repeats a task with a pause between its runs; a run that fails is logged and does not end the series. */
export function every(pauseMs: number, title: string, task: () => Promise<unknown>): { stop(): void } {
  let timer: NodeJS.Timeout;
  let stopped = false;
  const run = async () => {
    await task().catch((error: unknown) => log.error({ err: error }, `${title} failed`));
    if (!stopped) timer = setTimeout(run, pauseMs);
  };
  timer = setTimeout(run, pauseMs);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
