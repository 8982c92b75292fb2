import { afterEach, describe, expect, test } from 'vitest';
import { createThreads } from '#lib/core/threads/threads.ts';

const threads = createThreads<null, never, number>({
  name: 'which',
  file: 'tests/support/processes/which-thread.ts',
  mostIdle: 1,
});
const ask = () => threads.run({ request: null });
const asking = createThreads<readonly number[], never, readonly (number | string)[], number, number>({
  name: 'asking',
  file: 'tests/support/processes/asking-thread.ts',
  mostIdle: 1,
  async answer(number) {
    // Those asked first are answered last.
    await new Promise((resolve) => setTimeout(resolve, 40 - 10 * number));
    if (number === 2) throw new Error('two is not answered');
    return number * 10;
  },
});

afterEach(async () => {
  await threads.close();
  await asking.close();
});

test('a thread asks its process several things at once; each answer, or why there is none, comes to its question', async () => {
  const answers = [0, 10, 'Error: two is not answered', 30];
  expect(await asking.run({ request: [0, 1, 2, 3] })).toEqual(answers);
  expect(await asking.run({ request: [3, 0] })).toEqual([30, 0]);
});

describe('a thread that is woken', () => {
  test('does the next task, and is not started twice', async () => {
    threads.wake();
    threads.wake();
    const first = await ask();
    threads.wake();
    expect(await ask()).toBe(first);
    await threads.close();
    // Threads are numbered as they start: nothing was started in between.
    expect(await ask()).toBe(first + 1);
  });

  test('while another works, leaves one when both are done', async () => {
    const working = ask();
    threads.wake();
    const busy = await working;
    const spare = await ask();
    expect(spare).toBe(busy + 1);
    expect(await ask()).toBe(spare);
  });
});
