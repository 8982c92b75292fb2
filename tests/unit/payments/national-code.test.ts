import { expect, test } from 'vitest';
import { isNationalCode } from '#lib/payments/invoice/national-code.ts';

// Published samples of both registries.
test.each(['0013542419', '0499370899', '0790419904', '10380284790', '14007650912'])(
  '%s is a code',
  (code) => {
    expect(isNationalCode(code)).toBe(true);
  },
);

test.each(['0013542418', '1111111111', '0000000000', '10380284791', '123', '00135424190', '', 'abcdefghij'])(
  '%s is none',
  (code) => {
    expect(isNationalCode(code)).toBe(false);
  },
);

test('any one digit that is wrong is seen in nearly all places', () => {
  const right = '0013542419';
  const wrong = [...right].flatMap((digit, at) =>
    Array.from(
      { length: 9 },
      (_, more) => `${right.slice(0, at)}${(Number(digit) + more + 1) % 10}${right.slice(at + 1)}`,
    ),
  );
  expect(wrong.filter(isNationalCode).length).toBeLessThan(3);
});
