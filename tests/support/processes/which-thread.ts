import { threadId } from 'node:worker_threads';
import { answerTasks } from '#lib/core/threads/thread-side.ts';

/** Runs in a worker thread: answers which one it is. */
answerTasks<null, never, number>(async () => threadId);
