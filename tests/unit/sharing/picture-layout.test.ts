import { describe, expect, it } from 'vitest';
import { layOut, revealedAt, revealMs, shareFormats } from '#components/sharing/picture/layout.ts';
import { messengerAddress, messengers } from '#components/sharing/picture/messengers.ts';

const shapes = [
  { width: 960, height: 1280 },
  { width: 1280, height: 720 },
  { width: 1000, height: 1000 },
  { width: 300, height: 2400 },
  { width: 4096, height: 2731 },
];

describe('a picture that is shared', () => {
  it('stands whole, uncropped and unbent inside every format', () => {
    for (const format of shareFormats) {
      for (const shape of shapes) {
        const { width, height, result } = layOut(format, shape, shape, 'rtl');
        expect(result.width / result.height / (shape.width / shape.height), format).toBeCloseTo(1, 1);
        expect(result.x, format).toBeGreaterThanOrEqual(0);
        expect(result.y, format).toBeGreaterThanOrEqual(0);
        expect(result.x + result.width, format).toBeLessThanOrEqual(width);
        expect(result.y + result.height, format).toBeLessThanOrEqual(height);
      }
    }
  });

  it('has the sizes that stories and posts are shown in', () => {
    const size = (format: 'story' | 'post' | 'square') => {
      const { width, height } = layOut(format, shapes[0] ?? { width: 1, height: 1 }, null, 'ltr');
      return `${width}x${height}`;
    };
    expect([size('story'), size('post'), size('square')]).toEqual(['1080x1920', '1080x1350', '1080x1080']);
  });

  it('keeps the line of its shop on the canvas', () => {
    for (const format of shareFormats) {
      for (const shape of shapes) {
        const { height, mark } = layOut(format, shape, shape, 'ltr');
        expect(mark.y + mark.size / 2, format).toBeLessThanOrEqual(height);
        expect(mark.y, format).toBeGreaterThan(0);
      }
    }
  });

  it('puts the original where reading starts, beside the result and of its height', () => {
    const photo = { width: 900, height: 1200 };
    const persian = layOut('pair', photo, photo, 'rtl');
    expect(persian.source?.x).toBeGreaterThan(persian.result.x + persian.result.width - 1);
    const english = layOut('pair', photo, photo, 'ltr');
    expect(english.result.x).toBeGreaterThan((english.source?.x ?? 0) + (english.source?.width ?? 0) - 1);
    expect(english.source?.height).toBe(english.result.height);
    expect(Math.max(english.width, english.height)).toBeLessThanOrEqual(2160);
  });

  it('becomes a film of even sides, as encoders want them, that begins with the photo and ends with the result', () => {
    const { width, height } = layOut('reveal', { width: 1279, height: 853 }, shapes[0] ?? null, 'ltr');
    expect([width % 2, height % 2]).toEqual([0, 0]);
    expect(Math.max(width, height)).toBeLessThanOrEqual(1280);
    expect(revealedAt(0)).toBe(0);
    expect(revealedAt(revealMs.whole)).toBe(1);
  });
});

it('a messenger is given the link and the words by its address, with every sign kept', () => {
  const url = 'https://stayler.example/en/s/a_b-c?x=1&y=2';
  for (const messenger of messengers) {
    const address = new URL(messengerAddress(messenger, url, 'رنگ & نور'));
    expect(address.protocol).toBe('https:');
    const { searchParams } = address;
    const said = messenger === 'whatsapp' ? searchParams.get('text') : searchParams.get('url');
    expect(said).toContain(url);
    expect(searchParams.get('text')).toContain('رنگ & نور');
  }
});
