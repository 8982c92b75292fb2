import type { NetworkTask } from './network-host.ts';
import { answerTasks } from './thread-side.ts';

type Answers = { answer(request: unknown): Promise<unknown> };

/** What came one after the other is taken away when nothing has come for so long. */
const restMs = 250;
const known = new Map<string, Promise<Answers>>();

/** A file that could not be read may be there the next time. */
function answersOf(file: string): Promise<Answers> {
  const answers =
    known.get(file) ?? (import(new URL(`../../../${file}`, import.meta.url).href) as Promise<Answers>);
  known.set(file, answers);
  answers.catch(() => known.delete(file));
  return answers;
}

/** Runs in the one worker thread of a process that holds networks: one task at a time, by the file that knows it. */
answerTasks<NetworkTask, never, unknown>(
  async ({ file, request }) => (await answersOf(file)).answer(request),
  { restMs },
);
