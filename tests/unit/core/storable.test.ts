import { expect, it } from 'vitest';
import { isStorable } from '#lib/core/storable-text.ts';
import { isUnfitValue } from '#lib/db/sql-errors.ts';

it.each([
  ['a NUL', 'a\0b'],
  ['half of a pair', 'a\ud800b'],
  ['a NUL deep inside', { one: [{ two: 'x\0' }] }],
  ['a NUL in a name', { 'x\0': 1 }],
  ['more levels than anything of ours has', Array.from({ length: 40 }).reduce((inner) => [inner], 'x')],
])('%s cannot be kept', (_, value) => expect(isStorable(value)).toBe(false));

it.each([
  ['Persian with half-spaces', 'می‌خواهم 🌷'],
  ['what an action is sent', { phone: '0912', list: [1, null, true, undefined] }],
  ['a file', { photo: new Blob(['\0']) }],
])('%s can be kept', (_, value) => expect(isStorable(value)).toBe(true));

it('a form is looked through as well', () => {
  const form = new FormData();
  form.set('name', 'x\0');
  expect(isStorable(form)).toBe(false);
});

it.each([
  ['22003', true],
  ['22008', true],
  ['22021', true],
  ['22P02', true],
  ['22012', false],
  ['23505', false],
])('SQLSTATE %s is a fault of the sender: %s', (code, unfit) => {
  expect(isUnfitValue({ cause: { originalCode: code, originalMessage: 'x' } })).toBe(unfit);
});
