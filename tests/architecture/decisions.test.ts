import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '#scripts/steps/root.ts';

it('numbers decisions from 001 on, each number once and none left out', () => {
  const numbers = readdirSync(join(root, 'docs/decisions')).map((name) => Number(name.slice(0, 3)));
  const wanted = numbers.map((_, index) => index + 1);
  numbers.sort((a, b) => a - b);
  expect(numbers, 'take the next free number').toEqual(wanted);
});
