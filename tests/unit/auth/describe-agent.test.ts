import { describe, expect, it } from 'vitest';
import { describeAgent, isSameAgent } from '#lib/auth/session/describe-agent.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('a user agent in words', () => {
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/130.0.0.0 Safari/537.36`,
      'chrome',
      'windows',
    ],
    [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/130.0.0.0 Safari/537.36 Edg/130.0`, 'edge', 'windows'],
    [
      `Mozilla/5.0 (Linux; Android 14) ${webkit} SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36`,
      'samsung',
      'android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'firefox', 'linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1',
      'safari',
      'iphone',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 CriOS/130.0 Mobile Safari/604.1',
      'chrome',
      'iphone',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605',
      'safari',
      'mac',
    ],
    ['<script>alert(1)</script>', 'other', 'other'],
    [null, 'other', 'other'],
  ])('of %s', (text, browser, system) => {
    expect(describeAgent(text)).toEqual({ browser, system });
  });

  it('is the same for another version', () => {
    expect(isSameAgent('Firefox/1 Windows', 'Firefox/2 Windows')).toBe(true);
    expect(isSameAgent('Firefox/1 Windows', 'Firefox/1 Android')).toBe(false);
  });
});
