import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, requestConversionInput } from '#lib/conversions/input.ts';

const id = '0b8d6a52-8a4f-4c39-9f2e-3f6f3f0d9a11';

describe('what people send to the studio', () => {
  it('takes a photo and a preset and nothing else', () => {
    expect(requestConversionInput.safeParse({ imageId: id, style: 'noir' }).success).toBe(true);
    expect(requestConversionInput.safeParse({ imageId: id, style: 'nope' }).success).toBe(false);
    expect(requestConversionInput.safeParse({ imageId: '../etc', style: 'noir' }).success).toBe(false);
    expect(requestConversionInput.parse({ imageId: id, style: 'noir', userId: 'x', quota: 9 })).toEqual({
      imageId: id,
      style: 'noir',
    });
  });

  it('gives a cursor back to the microsecond', () => {
    const cursor = { at: '2026-11-22 20:33:10.123456+00', id };
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  });

  it.each([undefined, '', 'junk', Buffer.from("1';DROP_x").toString('base64url')])(
    'starts anew at the cursor %s',
    (text) => {
      expect(decodeCursor(text)).toBeNull();
    },
  );
});
