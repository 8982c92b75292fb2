import { afterEach, describe, expect, test } from 'vitest';
import { createThreads } from '#lib/core/threads/threads.ts';

const threads = createThreads<null, never, number>({
  name: 'which',
  file: 'tests/support/processes/which-thread.ts',
  mostIdle: 1,
});
const ask = () => threads.run({ request: null });

afterEach(() => threads.close());

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
