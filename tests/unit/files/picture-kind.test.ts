import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { hasItsEnd, isAnimated, isCutWebp, pictureKind } from '#lib/files/picture/picture-kind.ts';
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

  test.each([
    ['lossy', { quality: 80 }],
    ['lossless', { lossless: true }],
  ])(
    'a WebP, %s, says itself that pixels are missing; what stands behind them may be',
    async (_, options) => {
      const picture = quarters(200, 150)
        .ensureAlpha(0.5)
        .withExif({ IFD0: { Artist: 'somebody' } });
      const whole = bytesOf(await picture.webp(options).toBuffer());
      const isCut = (bytes: Uint8Array<ArrayBuffer>) => isCutWebp(new Blob([bytes]));
      expect(await isCut(whole)).toBe(false);
      expect(await isCut(whole.slice(0, whole.length - 5))).toBe(false);
      const pixels = Buffer.from(whole).indexOf('VP8', 16);
      const length = 8 + new DataView(whole.buffer).getUint32(pixels + 4, true);
      for (const share of [0.3, 0.9]) expect(await isCut(whole.slice(0, pixels + length * share))).toBe(true);
      expect(await isCut(whole.slice(0, pixels + length))).toBe(false);
      expect(await isCut(whole.slice(0, 10))).toBe(false);
    },
  );
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
