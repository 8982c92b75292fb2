import 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** From the fault to everything being as it should, for `docs/faults.md`. */
    recoverySeconds?: number;
  }
}

/** Notes how long it took from `since` until now (milliseconds since 1970). */
export function noteRecovery(task: { meta: { recoverySeconds?: number } }, since: number): number {
  const seconds = (Date.now() - since) / 1000;
  task.meta.recoverySeconds = Math.round(Math.max(seconds, task.meta.recoverySeconds ?? 0) * 10) / 10;
  return seconds;
}
