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
  it('is cut off by a paid picture and begins again when there is none', async () => {
    const turns = createGivingWay();
    const free = longWork();
    const paid = longWork();
    const answer = turns.later(never, free.work);
    await Promise.resolve();
    expect(free.begun.map(({ aborted }) => aborted)).toEqual([false]);
    const first = turns.first(() => paid.work(never));
    await Promise.resolve();
    expect(free.begun.map(({ aborted }) => aborted)).toEqual([true]);
    paid.release();
    await first;
    await expect.poll(() => free.begun.length, { timeout: 3000 }).toBe(2);
    free.release();
    expect(await answer).toBe('done');
  });

  it('that was told to stop while it waits does not begin', async () => {
    const turns = createGivingWay();
    const [paid, free] = [longWork(), longWork()];
    const first = turns.first(() => paid.work(never));
    const stop = new AbortController();
    const answer = turns.later(stop.signal, free.work);
    stop.abort(new Error('the worker stops'));
    await expect(answer).rejects.toThrow();
    expect(free.begun).toHaveLength(0);
    paid.release();
    await first;
  });

  it('that fails by itself fails', async () => {
    const turns = createGivingWay();
    await expect(turns.later(never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
