import { describe, expect, it } from 'vitest';
import { createGivingWay } from '#lib/worker/give-way.ts';

/** Work that goes on until it is let go, or until it is cut off. */
function longWork() {
  const begun: AbortSignal[] = [];
  let release = () => {};
  const work = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      begun.push(signal);
      release = () => resolve('done');
      signal.addEventListener('abort', () => reject(new Error('cut off')), { once: true });
    });
  return { begun, work, release: () => release() };
}

const never = new AbortController().signal;

describe('work that is free', () => {
  it('goes on beside one paid picture, is cut off by the second and begins again when there is room', async () => {
    let told = 0;
    const turns = createGivingWay(2, () => {
      told += 1;
    });
    const free = longWork();
    const [one, two] = [longWork(), longWork()];
    const answer = turns.later({ beside: 1, signal: never }, free.work);
    const first = turns.first(() => one.work(never));
    await Promise.resolve();
    expect(free.begun.map(({ aborted }) => aborted)).toEqual([false]);
    const second = turns.first(() => two.work(never));
    await Promise.resolve();
    expect(free.begun.map(({ aborted }) => aborted)).toEqual([true]);
    expect(told).toBe(1);
    two.release();
    await second;
    await expect.poll(() => free.begun.length, { timeout: 3000 }).toBe(2);
    free.release();
    expect(await answer).toBe('done');
    one.release();
    await first;
  });

  it('that was told to stop while it waits does not begin', async () => {
    const turns = createGivingWay(1, () => {});
    const [paid, free] = [longWork(), longWork()];
    const first = turns.first(() => paid.work(never));
    const stop = new AbortController();
    const answer = turns.later({ beside: 0, signal: stop.signal }, free.work);
    stop.abort(new Error('the worker stops'));
    await expect(answer).rejects.toThrow();
    expect(free.begun).toHaveLength(0);
    paid.release();
    await first;
  });

  it('that fails by itself fails', async () => {
    const turns = createGivingWay(1, () => {});
    await expect(
      turns.later({ beside: 0, signal: never }, () => Promise.reject(new Error('broken'))),
    ).rejects.toThrow('broken');
  });
});
