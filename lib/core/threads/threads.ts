import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MessagePort, Worker } from 'node:worker_threads';

/**
 * Pixels live outside the heap and loops over them make next to no garbage: a nursery of the usual size would only be
 * memory that every thread holds.
 */
const maxYoungGenerationSizeMb = 6;

/** What a thread says back: any number of notes, then one of the other two. */
export type ThreadReply<Note, Value> =
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly detail: string };

/** A question of a thread to the process that it works for, and what comes back under the same number. */
export type HostQuestion<Question> = { readonly id: number; readonly question: Question };
export type HostAnswer<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly detail: string };

type ThreadTask<Request, Note> = {
  readonly request: Request;
  /** Aborting ends the thread at once, whatever it is doing. */
  readonly signal?: AbortSignal;
  readonly onNote?: (note: Note) => void;
};

/** A task that its thread could not do; or, with `broke`, a thread that was cut off, died or never began. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';
  readonly broke: boolean;

  constructor(detail: string, broke: boolean) {
    super(detail);
    this.broke = broke;
  }
}

export type Threads<Request, Note, Value> = {
  /** Does one task on a thread of its own. Throws {@link ThreadError}. */
  run(task: ThreadTask<Request, Note>): Promise<Value>;
  /** Has a thread ready for the next task: one that is there stays for another while, else one starts. */
  wake(): void;
  /** Ends the idle threads. */
  close(): Promise<void>;
};

type Options<Question, Answer> = {
  readonly name: string;
  /** From the root of the project, such as `lib/styles/node/render-thread.ts`. */
  readonly file: string;
  /** A warm thread saves a start; more than this would only hold memory. */
  readonly mostIdle: number;
  /** An idle thread is ended after this long, to give its memory back; never when left out. */
  readonly idleMs?: number;
  /**
   * Up to how many megabytes, what lies beside the heap included, V8 leaves the thread's garbage to the thread. By itself
   * it takes every picture of a few megabytes for a reason to look through the heap: four to six times a render, a fifth
   * of its processor time. For threads that let go of what they leave, see `answerTasks`.
   */
  readonly quietMb?: number;
  /** Answers what a thread asks by `askHost` while it works, which it may do at any time and more than once at a time. */
  readonly answer?: (question: Question) => Promise<Answer>;
};

/**
 * Threads for work that would hold up everything else in the process. Idle ones wait for the next task and
 * never keep the process alive; how many work at once is the caller's to bound.
 */
export function createThreads<Request, Note, Value, Question = never, Answer = never>(
  options: Options<Question, Answer>,
): Threads<Request, Note, Value> {
  const idle: Worker[] = [];
  const timers = new Map<Worker, NodeJS.Timeout>();

  const forget = (thread: Worker) => {
    clearTimeout(timers.get(thread));
    timers.delete(thread);
    const place = idle.indexOf(thread);
    if (place >= 0) idle.splice(place, 1);
  };
  const start = (): Worker => {
    // Not imported by name: a bundler that sees a Worker packs its file, and these run from source.
    const threads = process.getBuiltinModule('node:worker_threads');
    // Read when the thread's heap is made; there is no other place to say it for one thread.
    process
      .getBuiltinModule('node:v8')
      .setFlagsFromString(`--initial-old-space-size=${options.quietMb ?? 0}`);
    const { port1, port2 } = new threads.MessageChannel();
    const thread = new threads.Worker(sourceFile(options.file), {
      name: options.name,
      resourceLimits: { maxYoungGenerationSizeMb },
      workerData: port2,
      transferList: [port2],
    });
    if (options.answer) answerQuestions(port1, options.answer);
    else port1.close();
    thread.on('exit', () => forget(thread));
    thread.on('error', () => forget(thread));
    return thread;
  };
  const borrow = (): Worker => {
    const thread = idle.at(-1) ?? start();
    forget(thread);
    thread.ref();
    return thread;
  };
  const giveBack = (thread: Worker): void => {
    if (idle.length >= options.mostIdle) {
      void thread.terminate();
      return;
    }
    thread.unref();
    idle.push(thread);
    if (options.idleMs === undefined) return;
    const timer = setTimeout(() => {
      forget(thread);
      void thread.terminate();
    }, options.idleMs);
    timers.set(thread, timer.unref());
  };

  return {
    async run(task) {
      if (task.signal?.aborted) throw new ThreadError('aborted before it began', true);
      const thread = borrow();
      const { reply, reusable } = await ask<Request, Note, Value>(thread, task);
      if (reusable) giveBack(thread);
      else void thread.terminate();
      if (reply.kind === 'failed') throw new ThreadError(reply.detail, !reusable);
      return reply.value;
    },
    wake() {
      giveBack(borrow());
    },
    async close() {
      await Promise.all([...idle].map((thread) => thread.terminate()));
    },
  };
}

/** Answers a thread's questions for as long as it lives; they keep nothing alive by themselves. */
function answerQuestions<Question, Answer>(
  port: MessagePort,
  answer: (question: Question) => Promise<Answer>,
): void {
  port.on('message', async ({ id, question }: HostQuestion<Question>) => {
    const reply = await answer(question).then(
      (value): HostAnswer<Answer> => ({ id, answer: value }),
      (error: unknown): HostAnswer<Answer> => ({ id, detail: String(error) }),
    );
    port.postMessage(reply);
  });
  port.unref();
}

type Last<Value> = Exclude<ThreadReply<never, Value>, { kind: 'note' }>;

/** One task on one thread, which may be used again unless it was cut off or broke. */
function ask<Request, Note, Value>(
  thread: Worker,
  { request, signal, onNote }: ThreadTask<Request, Note>,
): Promise<{ reply: Last<Value>; reusable: boolean }> {
  return new Promise((resolve) => {
    const settle = (reply: Last<Value>, reusable: boolean) => {
      thread.off('message', onMessage);
      thread.off('error', onError);
      thread.off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
      resolve({ reply, reusable });
    };
    const broke = (detail: string) => settle({ kind: 'failed', detail }, false);
    const onMessage = (reply: ThreadReply<Note, Value>) => {
      if (reply.kind === 'note') onNote?.(reply.note);
      else settle(reply, true);
    };
    const onError = (error: Error) => broke(error.stack ?? error.message);
    const onExit = (code: number) => broke(`the thread ended with ${code}`);
    const onAbort = () => broke('aborted');
    thread.on('message', onMessage);
    thread.on('error', onError);
    thread.on('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    thread.postMessage(request);
  });
}

/**
 * Where a source file of ours lies. Beside this file when the program runs from source; a bundled route knows
 * only the folder that the server was started in, which is the project's.
 */
function sourceFile(file: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(/* turbopackIgnore: true */ here, '..', '..', '..', file);
  return existsSync(beside) ? beside : join(/* turbopackIgnore: true */ process.cwd(), file);
}
