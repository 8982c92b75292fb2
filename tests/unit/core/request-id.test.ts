import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { newRandomId } from '#lib/core/random-id.ts';
import { idOfRequest } from '#lib/core/request-id.ts';

test('a wish of an account has one id, which is a UUID; another account’s wish of the same name has another', () => {
  const key = newRandomId();
  const id = idOfRequest('user|a', key);
  expect(z.uuid().safeParse(id).success).toBe(true);
  expect(id[14]).toBe('8');
  expect(idOfRequest('user|a', key)).toBe(id);
  const others = [
    idOfRequest('user|b', key),
    idOfRequest('vendor|a', key),
    idOfRequest('user|a', newRandomId()),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});

test('whatever else is sent as a name makes a new id each time', () => {
  fc.assert(
    fc.property(fc.anything(), (sent) => {
      fc.pre(typeof sent !== 'string' || !/^[0-9a-f]{32}$/.test(sent));
      const ids = [idOfRequest('user|a', sent), idOfRequest('user|a', sent)];
      expect(ids.every((id) => z.uuid().safeParse(id).success)).toBe(true);
      expect(ids[0]).not.toBe(ids[1]);
    }),
    { numRuns: 200 },
  );
});
