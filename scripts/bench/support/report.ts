import { appendFileSync } from 'node:fs';

/** One line of `docs/benchmarks.md`. */
export type Row = {
  readonly what: string;
  /** As it is printed, with its unit. */
  readonly measured: string;
  readonly wanted: string;
  /** Null: nothing was promised, or it could not be measured here. */
  readonly met: boolean | null;
};

/** Prints a measurement, and hands it to `npm run bench` when that is who runs us. */
export function report(row: Row): void {
  const verdict = row.met === null ? '' : row.met ? ', reached' : ', NOT REACHED';
  process.stdout.write(`${row.what}: ${row.measured} (${row.wanted}${verdict})\n`);
  if (process.env.BENCH_REPORT) appendFileSync(process.env.BENCH_REPORT, `${JSON.stringify(row)}\n`);
}

export const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
}
