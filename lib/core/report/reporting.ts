import { perProcess } from '#lib/core/per-process.ts';
import type { Frame } from './read-stack.ts';

/** An error as it is told elsewhere: what broke and where in the code, and nothing of whom it broke for. */
export type Report = {
  /** From the outermost error to what caused it. */
  readonly errors: readonly { readonly type: string; readonly frames: readonly Frame[] }[];
  /** A sentence of ours that stands in the code; never an error's own text. */
  readonly sentence: string;
  /** Words of ours by names of ours. */
  readonly tags: Readonly<Record<string, string>>;
  readonly platform: 'node' | 'javascript';
};

type Reporting = {
  send?: (report: Report) => void;
  /** Waits until what is queued was sent, for two seconds at most. */
  stop?: () => Promise<void>;
};

/** Nothing of it is loaded where nobody asked for reports: the log tells whoever has taken this place. */
export const reporting = perProcess<Reporting>('core.reporting');

/** Sends what is left and ends reporting. */
export async function stopReporting(): Promise<void> {
  const { stop } = reporting;
  delete reporting.send;
  delete reporting.stop;
  await stop?.();
}
