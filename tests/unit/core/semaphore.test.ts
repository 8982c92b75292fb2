import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createSemaphore } from '#lib/core/threads/semaphore.ts';

describe('a semaphore', () => {
  test('never lets more units of work run than it has, and runs all of it', async () => {
    const semaphore = createSemaphore(3, 100);
    let running = 0;
    let most = 0;
    const weights = Array.from({ length: 40 }, (_, index) => 1 + (index % 3));
    const done = await Promise.all(
      weights.map((weight) =>
        semaphore.run(weight, async () => {
          running += weight;
          most = Math.max(most, running);
          await turn();
          running -= weight;
          return weight;
        }),
      ),
    );
    expect(done).toEqual(weights);
    expect(most).toBe(3);
  });

  test('starts in order of arrival, so that light work does not starve heavy work', async () => {
    const semaphore = createSemaphore(2, 100);
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(name);
      await turn();
    };
    await Promise.all([
      semaphore.run(1, work('light 1')),
      semaphore.run(2, work('heavy')),
      semaphore.run(1, work('light 2')),
    ]);
    expect(order).toEqual(['light 1', 'heavy', 'light 2']);
  });

  test('turns away what would make the line too long, and gives units back after a failure', async () => {
    const semaphore = createSemaphore(1, 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = semaphore.run(1, () => promise);
    const second = semaphore.run(1, async () => Promise.reject(new Error('broken')));
    expect(await semaphore.run(1, async () => 'never')).toBeNull();
    resolve();
    await first;
    await expect(second).rejects.toThrow('broken');
    expect(await semaphore.run(5, async () => 'heavier than all there is')).toBe('heavier than all there is');
  });
});
