/** The numbers of administration. Safe to import in the browser. */

/** Rows on a page of any list. */
export const pageSize = 30;
/** Of a person's payments, conversions and grants, on their own page. */
export const newestOfAccount = 10;

/** How much may be granted, or taken back, at once. */
export const grantAtMost = 1000;

/** A conversion nobody carries on for this long is stuck. */
export const stuckMinutes = 3;

/** How many rows one export holds at most. */
export const exportRowsAtMost = 100_000;

/** How many days the charts show. */
export const chartDays = 30;
