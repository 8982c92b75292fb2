import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { HostAnswer, HostQuestion, ThreadReply } from './threads.ts';

/** How many tasks may follow each other before what they left is let go, however busy the thread is. */
const mostLeft = 8;

/**
 * Runs in a thread: does one task at a time with `work`, tells what came of it, and lets go of what it left: at once, or
 * with `restMs` when nothing has come for so long. Tasks that leave little are not worth holding up what others do with
 * their answers: looking through the whole heap takes a processor ten to twenty milliseconds.
 */
export function answerTasks<Request, Note, Value>(
  work: (request: Request, note: (note: Note) => void) => Promise<Value>,
  { restMs = 0 }: { readonly restMs?: number } = {},
): void {
  const say = (reply: ThreadReply<Note, Value>) => parentPort?.postMessage(reply);
  let left = 0;
  let rest: NodeJS.Timeout | undefined;
  const clear = () => {
    left = 0;
    letGo();
  };
  parentPort?.on('message', async (request: Request) => {
    clearTimeout(rest);
    try {
      say({ kind: 'done', value: await work(request, (note) => say({ kind: 'note', note })) });
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say({ kind: 'failed', detail });
    }
    left += 1;
    if (restMs === 0 || left >= mostLeft) clear();
    else rest = setTimeout(clear, restMs);
  });
}

/**
 * Gives back the memory of pictures that nobody holds any more: V8 sees how small its own heap is and not what lies
 * beside it, and would keep tens of megabytes in every thread. It offers this to programs only by a flag.
 */
export const letGo: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

/**
 * Asks the process that this thread works for, where `createThreads` was given an `answer`: for what one thread has for
 * all of them. Throws what the answering threw, as its text.
 */
export function askHost<Question, Answer>(): (question: Question) => Promise<Answer> {
  const port: MessagePort = workerData;
  const open = new Map<number, (reply: HostAnswer<Answer>) => void>();
  let last = 0;
  port.on('message', (reply: HostAnswer<Answer>) => {
    open.get(reply.id)?.(reply);
    open.delete(reply.id);
  });
  return (question) =>
    new Promise((resolve, reject) => {
      last += 1;
      open.set(last, (reply) =>
        'answer' in reply ? resolve(reply.answer) : reject(new Error(reply.detail)),
      );
      port.postMessage({ id: last, question } satisfies HostQuestion<Question>);
    });
}
