/** Lets at most `units` of work run at once; what comes later waits in line, up to a bound. */
export type Semaphore = {
  /**
   * Runs the work when `weight` units are free and gives them back whatever happens. Answers null
   * without running it when the line is already full.
   */
  run<T>(weight: number, work: () => Promise<T>): Promise<T | null>;
};

/** First come, first served, so heavy work is never starved by light work behind it. */
export function createSemaphore(units: number, maxWaiting: number): Semaphore {
  let free = units;
  const line: { weight: number; start: () => void }[] = [];

  function admit(): void {
    for (let head = line[0]; head && head.weight <= free; head = line[0]) {
      line.shift();
      free -= head.weight;
      head.start();
    }
  }

  return {
    async run(weight, work) {
      if (line.length >= maxWaiting) return null;
      const taken = Math.min(weight, units);
      await new Promise<void>((start) => {
        line.push({ weight: taken, start });
        admit();
      });
      try {
        return await work();
      } finally {
        free += taken;
        admit();
      }
    },
  };
}
