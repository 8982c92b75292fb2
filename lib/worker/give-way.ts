import { setTimeout } from 'node:timers/promises';

/** Lets work that somebody has paid for push aside work that is free. */
export type GivingWay = {
  /** Work that comes first. It never waits here: how much of it runs at once is the caller's to bound. */
  first<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Work that runs while nothing of the first does: it is cut off by its signal when some begins, waits, and begins
   * again. It must keep what it has done on the way, so that beginning again costs little. Throws what `signal` was
   * aborted with.
   */
  later<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
};

/** One picture is often followed by the next: work that was pushed aside waits this long before it begins again. */
const restMs = 400;

export function createGivingWay(): GivingWay {
  let running = 0;
  const begun = new Set<AbortController>();
  const waiting = new Set<() => void>();

  /** Waits until one of the first has ended, or until it is told to stop. */
  function change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        resolve();
      };
      waiting.add(settle);
      signal.addEventListener('abort', settle, { once: true });
    });
  }

  return {
    async first(work) {
      running += 1;
      for (const turn of begun) turn.abort();
      try {
        return await work();
      } finally {
        running -= 1;
        for (const wake of waiting) wake();
      }
    },
    async later(signal, work) {
      for (;;) {
        signal.throwIfAborted();
        while (running > 0) {
          await change(signal);
          await setTimeout(restMs, undefined, { signal });
        }
        const turn = new AbortController();
        begun.add(turn);
        try {
          return await work(AbortSignal.any([signal, turn.signal]));
        } catch (error) {
          if (!turn.signal.aborted || signal.aborted) throw error;
        } finally {
          begun.delete(turn);
        }
      }
    },
  };
}
