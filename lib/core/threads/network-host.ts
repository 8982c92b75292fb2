import { perProcess } from '../per-process.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createThreads, type Threads } from './threads.ts';

/** A task for the thread: the file whose `answer` does it, from the root of the project, and what that is given. */
export type NetworkTask = { readonly file: string; readonly request: unknown };

type Turn = {
  /** A picture that is being painted waits for no other. */
  readonly lane: 'render' | 'look';
  /** Those who look take turns. */
  readonly whose: string;
  readonly timeoutMs: number;
};

type Host = { readonly threads: Threads<NetworkTask, never, unknown>; readonly lanes: Lanes<Turn['lane']> };

const idleMs = 60_000;
const maxWaiting = 64;

// Next.js bundles routes apart from each other; there is one such thread in a process.
const host = (): Host =>
  perProcess('core.networkThread', () => ({
    threads: createThreads({
      name: 'networks',
      file: 'lib/core/threads/network-thread.ts',
      mostIdle: 1,
      idleMs,
    }),
    lanes: createLanes(1, [
      { name: 'render', atOnce: 1, maxWaiting },
      { name: 'look', atOnce: 1, maxWaiting },
    ]),
  }));

/**
 * Has the one thread of this process that holds networks do a task, in its turn: a network with what computes it takes
 * some sixty megabytes, which a process has once and not in every thread that looks or paints. Null when the line is
 * full. Throws {@link ThreadError}.
 */
export function askNetworks<Value>(task: NetworkTask, { timeoutMs, ...turn }: Turn): Promise<Value | null> {
  const { threads, lanes } = host();
  return lanes.run(
    turn,
    () => threads.run({ request: task, signal: AbortSignal.timeout(timeoutMs) }) as Promise<Value>,
  );
}

/** Ends the thread, so that a script can exit at once. */
export async function dismissNetworks(): Promise<void> {
  await host().threads.close();
}
