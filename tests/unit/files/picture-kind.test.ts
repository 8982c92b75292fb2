import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { hasItsEnd, isAnimated, pictureKind } from '#lib/files/picture/picture-kind.ts';
import { quarters } from '#tests/support/pictures.ts';

const bytesOf = (buffer: Buffer) => new Uint8Array(buffer);
const ascii = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

describe('a file is known by its bytes', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)('%s', async (kind) => {
    expect(pictureKind(bytesOf(await quarters(40, 30).toFormat(kind).toBuffer()))).toBe(kind);
  });

  test('HEIC by any of its brands, SVG in any dress, and nothing at all', () => {
    for (const brand of ['heic', 'mif1', 'msf1', 'heix']) {
      expect(pictureKind(ascii(`\0\0\0\x18ftyp${brand}\0\0\0\0`))).toBe('heic');
    }
    expect(pictureKind(ascii('\0\0\0\x18ftypmp42\0\0\0\0'))).toBeNull();
    expect(pictureKind(ascii('  <?xml version="1.0"?><svg xmlns="x">'))).toBe('svg');
    expect(pictureKind(ascii('<html><svg:svg >'))).toBe('svg');
    expect(pictureKind(ascii('MZ and more'))).toBeNull();
    expect(pictureKind(new Uint8Array())).toBeNull();
  });
});

describe('a file that broke off', () => {
  test.each(['jpeg', 'png'] as const)('%s has no end', async (kind) => {
    const whole = bytesOf(await quarters(200, 150).toFormat(kind).toBuffer());
    expect(hasItsEnd(whole, kind)).toBe(true);
    expect(hasItsEnd(whole.subarray(0, whole.length - 12), kind)).toBe(false);
    // Programs write bytes of their own behind it.
    expect(hasItsEnd(Uint8Array.from([...whole, 0, 0, 0, 0]), kind)).toBe(true);
  });
});

describe('an animation', () => {
  const frames = async (count: number, format: 'gif' | 'webp') => {
    const one = await quarters(16, 16).raw().toBuffer();
    const raw = { width: 16, height: 16 * count, channels: 3, pageHeight: 16 } as const;
    return bytesOf(
      await sharp(
        Buffer.concat(Array.from({ length: count }, (_, at) => one.map((v) => (v + at * 40) % 256))),
        {
          raw,
        },
      )
        .toFormat(format)
        .toBuffer(),
    );
  };
  test.each(['gif', 'webp'] as const)('%s of three frames is one, of one frame is none', async (format) => {
    expect(isAnimated(await frames(3, format), format)).toBe(true);
    expect(isAnimated(bytesOf(await quarters(16, 16).toFormat(format).toBuffer()), format)).toBe(false);
  });
});
