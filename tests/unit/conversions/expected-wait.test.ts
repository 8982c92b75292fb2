import { expect, it } from 'vitest';
import { expectedWaitSeconds } from '#lib/conversions/policy.ts';

it.each([
  [
    'an idle machine, once a result has told how long one takes',
    { ahead: 0, running: 0, usualMs: 3000 },
    1,
    3,
  ],
  ['an idle machine before its first result', { ahead: 0, running: 0, usualMs: null }, 1, 4],
  ['a line of ten before two at once', { ahead: 10, running: 2, usualMs: 2000 }, 1, 13],
  ['more machines, seen by what they run', { ahead: 10, running: 10, usualMs: 2000 }, 1, 5],
  ['ten photos, of which two run at once', { ahead: 0, running: 0, usualMs: 2000 }, 10, 10],
  ['a result that takes next to nothing', { ahead: 0, running: 0, usualMs: 5 }, 1, 1],
])('the wait is told for %s', (_title, line, count, seconds) => {
  expect(expectedWaitSeconds(line, count)).toBe(seconds);
});
