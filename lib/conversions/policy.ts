/** Numbers that people meet: what one account may do at once, and what is promised about waiting. */
export const conversionLimits = {
  /** Photos in one request. */
  batch: 10,
  /** Conversions of one account that may wait. How many run is kept by its lanes. */
  waiting: 10,
  lanes: 2,
  /** Characters of a title, after spaces at its ends are gone. */
  titleLength: 80,
} as const;

/** Conversions that a worker runs at once (decision 024); by this it is told how long the queue takes. */
export const conversionsAtOnce = 2;
/** Before there is a result to go by. */
const firstGuessMs = 4000;

/**
 * How long somebody who asks now will wait for `count` results, in seconds: those before, and their own. More
 * may run at once than one machine paints, when there are more machines; then that many are.
 */
export function expectedWaitSeconds(
  line: { ahead: number; running: number; usualMs: number | null },
  count = 1,
): number {
  const usualMs = line.usualMs ?? firstGuessMs;
  const atOnce = Math.max(conversionsAtOnce, line.running);
  // Who runs now is half done, on the average.
  const before = (line.ahead + line.running / 2) / atOnce;
  const own = Math.ceil(count / conversionLimits.lanes);
  return Math.max(1, Math.ceil(((before + own) * usualMs) / 1000));
}
