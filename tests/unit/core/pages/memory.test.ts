import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodingFor } from '#lib/core/http/accept-encoding.ts';
import { ByteLru } from '#lib/core/http/byte-lru.ts';

test('an encoding is chosen only where the client takes it', () => {
  for (const [accepted, chosen] of [
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;q=0.5, BR;q=0', 'gzip'],
    ['br;q=0, gzip;q=0', null],
    ['*', 'br'],
    ['*;q=0', null],
    ['br;q=0, *', 'gzip'],
    ['brotli, x-gzip', null],
    ['br;q=zero', null],
    [['gzip', 'br'], 'br'],
  ] as const) {
    expect([accepted, encodingFor(accepted as string | string[] | undefined)]).toEqual([accepted, chosen]);
  }
});

test('what is kept never weighs more than it may, and what was used last stays', () => {
  const step = fc.record({ key: fc.constantFrom(...'abcdefgh'), bytes: fc.nat(40), reads: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const kept = new ByteLru<number>(100);
      for (const { key, bytes, reads } of steps) {
        if (reads) kept.get(key);
        else {
          kept.set(key, bytes, bytes);
          expect(kept.get(key)).toBe(bytes);
        }
        expect(kept.bytes).toBeLessThanOrEqual(100);
        expect([...kept].reduce((sum, [, weight]) => sum + weight, 0)).toBe(kept.bytes);
      }
    }),
  );
  const kept = new ByteLru<string>(100);
  kept.set('heavy', 'x', 101);
  expect([kept.get('heavy'), kept.bytes]).toEqual([undefined, 0]);
});
