import { describe, expect, it } from 'vitest';
import { decodeTimeCursor, encodeTimeCursor } from '#lib/core/time-cursor.ts';

describe('where a page of a list ends', () => {
  it('comes back to the microsecond', () => {
    const cursor = { at: '2026-11-22 20:33:10.123456+00', id: '0b8d6a52-8a4f-4c39-9f2e-3f6f3f0d9a11' };
    expect(decodeTimeCursor(encodeTimeCursor(cursor))).toEqual(cursor);
  });

  it.each([undefined, '', 'junk', 'x'.repeat(5000), Buffer.from("1';DROP_x").toString('base64url')])(
    'is the beginning when it is %s',
    (text) => {
      expect(decodeTimeCursor(text)).toBeNull();
    },
  );
});
