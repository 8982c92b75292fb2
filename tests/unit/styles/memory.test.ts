import { describe, expect, it } from 'vitest';
import { eachRun } from '#lib/styles/paint/each-row.ts';
import { inOrder } from '#lib/styles/paint/kernels/in-order.ts';
import { seededRandom } from '#lib/styles/paint/kernels/random.ts';
import { letGo, memoryFor, newPlane } from '#lib/styles/paint/raster.ts';

describe('memory that is let go', () => {
  it('is used again by planes of its size, and given to one of them only', () => {
    const { data } = newPlane(31, 17, 0.5);
    letGo(data, data, null);
    const again = memoryFor(31 * 17);
    expect(again.buffer).toBe(data.buffer);
    expect(memoryFor(31 * 17).buffer).not.toBe(data.buffer);
  });

  it('goes back to the system at once where more is let go than is kept', () => {
    const planes = Array.from({ length: 12 }, () => newPlane(1024, 512, 1));
    letGo(...planes);
    const gone = planes.filter(({ data }) => data.length === 0);
    expect(gone.length).toBeGreaterThan(0);
    // What was let go last is kept.
    expect(planes.at(-1)?.data.length).toBe(1024 * 512);
    expect(newPlane(1024, 512, 0.25).data.every((value) => value === 0.25)).toBe(true);
  });

  it('is not taken from a plane that is a part of another', () => {
    const { data } = newPlane(40, 40, 1);
    letGo(data.subarray(0, 800));
    expect(memoryFor(800).buffer).not.toBe(data.buffer);
  });
});

describe('a place in the order of values', () => {
  it('is the same as after sorting them all', () => {
    const random = seededRandom(7);
    for (const length of [1, 2, 3, 50, 1001]) {
      // Few different ones, so that many are the same.
      const values = Float32Array.from({ length }, () => Math.round(random() * 30) - 9);
      const sorted = values.slice().sort();
      for (let place = 0; place < length; place += Math.ceil(length / 40))
        expect(inOrder(values, place)).toBe(sorted[place]);
    }
  });
});

describe('runs of values', () => {
  it('are all of them, once each and in order', () => {
    for (const length of [0, 1, 4096, 4097, 10_000]) {
      const ends: number[] = [0];
      eachRun(length, (of, from, to) => expect(of.push(to) && from).toBe(of.at(-2)), ends);
      expect(ends.at(-1)).toBe(length);
    }
  });
});
