/** The numbers of operations. Safe to import in the browser. */

/** An invariant that reads longer than this is given up; how many offending rows are shown. */
export const invariantTimeoutMs = 10_000;
export const offendersAtMost = 20;
