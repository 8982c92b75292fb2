import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createLanes, createSemaphore } from '#lib/core/threads/lanes.ts';

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

describe('lanes', () => {
  const made = () =>
    createLanes(2, [
      { name: 'first', atOnce: 2, maxWaiting: 100 },
      { name: 'second', atOnce: 1, maxWaiting: 4 },
    ] as const);

  /** Work that goes on until it is told to end. */
  function open() {
    const { promise, resolve } = Promise.withResolvers<void>();
    return { work: () => promise, end: resolve };
  }

  test('an owner that floods the second holds one unit, and the first begins at once beside it', async () => {
    const lanes = made();
    const slow = open();
    const flood = Array.from({ length: 50 }, () => lanes.run({ lane: 'second' }, slow.work));
    expect(await lanes.run({ lane: 'first' }, async () => 'in')).toBe('in');
    slow.end();
    const answers = await Promise.all(flood);
    expect(answers.filter((one) => one === null)).toHaveLength(45);
  });

  test('the second waits while anybody of the first does', async () => {
    const lanes = made();
    const order: string[] = [];
    const slow = open();
    const all = [
      lanes.run({ lane: 'first', weight: 2 }, slow.work),
      lanes.run({ lane: 'second' }, async () => order.push('second')),
      lanes.run({ lane: 'first', weight: 2 }, async () => order.push('first')),
    ];
    slow.end();
    await Promise.all(all);
    expect(order).toEqual(['first', 'second']);
  });

  test('an owner that wants much takes turns with one that wants little', async () => {
    const lanes = createLanes(1, [{ name: 'all', atOnce: 1, maxWaiting: 100 }]);
    const order: string[] = [];
    const many = Array.from({ length: 10 }, () =>
      lanes.run({ lane: 'all', whose: 'many' }, async () => order.push('many')),
    );
    const one = lanes.run({ lane: 'all', whose: 'one' }, async () => order.push('one'));
    await Promise.all([...many, one]);
    expect(order.indexOf('one')).toBeLessThanOrEqual(2);
  });

  test('a full line turns away the last of the owner that filled it, not a new one', async () => {
    const lanes = createLanes(1, [{ name: 'all', atOnce: 1, maxWaiting: 3 }]);
    const slow = open();
    const many = Array.from({ length: 4 }, () => lanes.run({ lane: 'all', whose: 'many' }, slow.work));
    const one = lanes.run({ lane: 'all', whose: 'one' }, async () => 'in');
    const oneMore = lanes.run({ lane: 'all', whose: 'many' }, async () => 'never');
    expect(await oneMore).toBeNull();
    slow.end();
    expect(await one).toBe('in');
    expect((await Promise.all(many)).filter((answer) => answer === null)).toHaveLength(1);
  });
});
