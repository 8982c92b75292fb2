import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { newRandomId } from '#lib/core/random-id.ts';
import { idOfRequest, idOfWish } from '#lib/core/request-id.ts';

const newName = () => newRandomId() + newRandomId();

test('a wish that is asked for again after another makes the same, and is another asking', () => {
  const [key, first, second] = [newRandomId(), newRandomId(), newRandomId()];
  expect(idOfRequest('user|a', key + first)).toBe(idOfRequest('user|a', key + second));
  const ids = [idOfWish(key + first), idOfWish(key + second), idOfWish(second + key)];
  expect(ids.every((id) => z.uuid().safeParse(id).success)).toBe(true);
  expect(new Set(ids).size).toBe(3);
  expect([idOfWish(key), idOfWish(undefined), idOfWish(`${key}${first}0`)]).toEqual([null, null, null]);
});

test('a wish of an account has one id, which is a UUID; another account’s wish of the same name has another', () => {
  const key = newName();
  const id = idOfRequest('user|a', key);
  expect(z.uuid().safeParse(id).success).toBe(true);
  expect(id[14]).toBe('8');
  expect(idOfRequest('user|a', key)).toBe(id);
  const others = [idOfRequest('user|b', key), idOfRequest('vendor|a', key), idOfRequest('user|a', newName())];
  expect(new Set([id, ...others]).size).toBe(4);
});

test('whatever else is sent as a name makes a new id each time', () => {
  fc.assert(
    fc.property(fc.anything(), (sent) => {
      fc.pre(typeof sent !== 'string' || !/^[0-9a-f]{64}$/.test(sent));
      const ids = [idOfRequest('user|a', sent), idOfRequest('user|a', sent)];
      expect(ids.every((id) => z.uuid().safeParse(id).success)).toBe(true);
      expect(ids[0]).not.toBe(ids[1]);
    }),
    { numRuns: 200 },
  );
});
