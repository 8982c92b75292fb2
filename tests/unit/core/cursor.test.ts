import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '#lib/core/cursor.ts';

describe('a cursor', () => {
  test('says where a list goes on, in one piece', () => {
    const id = '5f0e1c1a-0000-4000-8000-000000000001';
    const at = '2026-11-23 00:00:00.123456+03:30';
    expect(decodeCursor('time', encodeCursor('time', [at, id]))).toEqual([at, id]);
    expect(decodeCursor('title', encodeCursor('title', ['کاشی "۱"', id]))).toEqual(['کاشی "۱"', id]);
    expect(decodeCursor('album', encodeCursor('album', [-3, at, id]))).toEqual([-3, at, id]);
    expect(decodeCursor('tried', encodeCursor('tried', [7, id]))).toEqual([7, id]);
  });

  test('of another list, or that somebody made up, is the first page', () => {
    const id = '5f0e1c1a-0000-4000-8000-000000000001';
    const coded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const text of [
      undefined,
      '',
      'x',
      coded(null),
      coded(['time']),
      coded(['time', "'; DROP TABLE images", id]),
      coded(['time', '2026-11-23 00:00:00+00', 'no id']),
      encodeCursor('place', [1, id]),
      coded(['time', '2026-11-23 00:00:00+00', id, id]),
      'A'.repeat(2000),
    ]) {
      expect(decodeCursor('time', text)).toBeNull();
    }
  });
});
