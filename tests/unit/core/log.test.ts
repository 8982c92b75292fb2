import { describe, expect, it } from 'vitest';
import { redactText } from '#lib/core/log.ts';

describe('free text in the log', () => {
  it.each([
    ['call 09121234567 now', '1234'],
    ['+989121234567', '1234'],
    ['GET /api/files/x/original?signature=abcdef&expires=1', 'abcdef'],
    ['fetch https://api.telegram.org/bot123456:AAb-c_D/sendPhoto failed', 'AAb-c_D'],
    ['https://tapi.bale.ai/file/bot123456:AAb-c_D/photos/1', 'AAb-c_D'],
    ['connect postgres://app:s3cret@db:5432/x failed', 's3cret'],
  ])('loses what is secret in "%s"', (text, secret) => {
    expect(redactText(text)).not.toContain(secret);
  });

  it('keeps the rest', () => {
    expect(redactText('the worker stops after 25 s')).toBe('the worker stops after 25 s');
  });
});
