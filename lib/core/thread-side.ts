import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { ThreadReply } from './threads.ts';

/** Runs in a thread: does one task at a time with `work`, and tells what came of it. */
export function answerTasks<Request, Note, Value>(
  work: (request: Request, note: (note: Note) => void) => Promise<Value>,
): void {
  const say = (reply: ThreadReply<Note, Value>) => parentPort?.postMessage(reply);
  parentPort?.on('message', async (request: Request) => {
    try {
      say({ kind: 'done', value: await work(request, (note) => say({ kind: 'note', note })) });
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say({ kind: 'failed', detail });
    }
  });
}

/**
 * Lets this thread work only when nobody else wants the processor. Linux counts threads as it counts processes;
 * elsewhere nothing changes.
 */
export function giveWay(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, 15);
  } catch {
    // No such system, or not allowed: it works as eagerly as the others then.
  }
}
