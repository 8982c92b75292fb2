import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveBefore, targetOf } from '#components/gallery/album/arrange.ts';

const list = ['a', 'b', 'c', 'd', 'e'];

describe('a thing let go over another', () => {
  it('that came from in front takes the place behind it, from behind the place before it', () => {
    expect(moveBefore(list, ['a'], targetOf(list, ['a'], 'a', 'c'))).toEqual(['b', 'c', 'a', 'd', 'e']);
    expect(moveBefore(list, ['d'], targetOf(list, ['d'], 'd', 'b'))).toEqual(['a', 'd', 'b', 'c', 'e']);
    expect(moveBefore(list, ['a'], targetOf(list, ['a'], 'a', 'e'))).toEqual(['b', 'c', 'd', 'e', 'a']);
  });

  it('takes the others that are chosen with it, in their order', () => {
    expect(moveBefore(list, ['a', 'd'], targetOf(list, ['a', 'd'], 'a', 'c'))).toEqual([
      'b',
      'c',
      'a',
      'd',
      'e',
    ]);
    expect(moveBefore(list, ['b', 'e'], targetOf(list, ['b', 'e'], 'e', 'a'))).toEqual([
      'b',
      'e',
      'a',
      'c',
      'd',
    ]);
  });
});

describe('a move', () => {
  it('loses nothing and doubles nothing, whatever is moved before whatever', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(list, { minLength: 1 }),
        fc.option(fc.constantFrom(...list)),
        (moved, before) => {
          expect([...moveBefore(list, moved, before)].sort()).toEqual(list);
        },
      ),
    );
  });

  it('to what is not in the list changes nothing', () => {
    expect(moveBefore(list, ['a'], 'x')).toEqual(list);
  });
});
