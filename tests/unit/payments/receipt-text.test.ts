import { describe, expect, it } from 'vitest';
import { isRightToLeft, mirrored, runsOf } from '#lib/payments/receipt/text.ts';

/** What stands on the paper from left to right. */
function drawn(line: string, direction: 'rtl' | 'ltr'): string {
  return runsOf(line, direction)
    .seen.map((run) => (isRightToLeft(run) ? [...run.text].reverse().map(mirrored).join('') : run.text))
    .join('');
}

const read = (line: string, direction: 'rtl' | 'ltr') => runsOf(line, direction).read.map(({ text }) => text);

describe('a line of a receipt', () => {
  it('is drawn from the right, word by word', () => {
    expect(drawn('سلام دنیا', 'rtl')).toBe('ایند مالس');
  });

  it('keeps a number as it is read, with its separators, in a line from the right', () => {
    expect(drawn('مبلغ ۱٬۲۳۴٬۵۶۷ تومان', 'rtl')).toBe('ناموت ۱٬۲۳۴٬۵۶۷ غلبم');
  });

  it('keeps two dates in the order they are read', () => {
    expect(drawn('از ۱ آذر تا ۳۰ دی', 'rtl')).toBe('ید ۳۰ ات رذآ ۱ زا');
  });

  it('keeps Latin words and codes from left to right', () => {
    expect(drawn('کد TR-99/21', 'rtl')).toBe('TR-99/21 دک');
    expect(drawn('فروشگاه Ali & Co', 'rtl')).toBe('Ali & Co هاگشورف');
  });

  it('keeps a card as it is printed only where the line itself is written from the left', () => {
    expect(drawn('502229******5995', 'ltr')).toBe('502229******5995');
    expect(drawn('502229******5995', 'rtl')).toBe('5995******502229');
  });

  it('turns brackets and quotation marks with the direction', () => {
    expect(drawn('پلن «پایه» (یک ماه)', 'rtl')).toBe('(هام کی) «هیاپ» نلپ');
  });

  it('keeps the joiners of Persian and drops what could change the order from outside', () => {
    expect(read('نیم\u200cفاصله', 'rtl')).toEqual(['نیم\u200cفاصله']);
    expect(read('a\u202eb\u0000c\nd', 'ltr')).toEqual(['abcd']);
  });

  it('is read as it was written, whatever its directions', () => {
    for (const line of ['مبلغ ۱٬۲۳۴٬۵۶۷ تومان', 'فروشگاه Ali & Co (مهر)', 'از ۱ آذر تا ۳۰ دی']) {
      expect(read(line, 'rtl').join('')).toBe(line);
    }
  });

  it('makes nothing of an empty line', () => {
    expect(read('', 'rtl')).toEqual([]);
    expect(read('\u202e', 'ltr')).toEqual([]);
  });
});
