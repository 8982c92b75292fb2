import { answerTasks, askHost } from '#lib/core/threads/thread-side.ts';

const ask = askHost<number, number>();

/** Runs in a worker thread: asks its host about every number at once and answers with what came back, or why not. */
answerTasks<readonly number[], never, readonly (number | string)[]>((numbers) =>
  Promise.all(numbers.map((number) => ask(number).catch((error: Error) => error.message))),
);
