import { describe, expect, test } from 'vitest';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { acceptImage } from '#lib/files/picture/accept-image.ts';
import { walkJpeg } from '#lib/files/picture/jpeg-pixels.ts';
import { pngChunk, pngChunks } from '#lib/files/picture/png-chunks.ts';
import { sniffPicture } from '#lib/files/picture/sniff-picture.ts';
import { animatedPng, avifSequence, noise, quarters } from '#tests/support/pictures.ts';

const [width, height] = [203, 151];
const drawn = () => quarters(width, height);

/** What is kept of a file, as pixels. */
async function kept(bytes: Buffer) {
  const result = await acceptImage(bytes);
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return sharp(result.value.variants.original.bytes).raw().toBuffer();
}

async function expectAlike(flawed: Buffer, sound: Buffer) {
  const [one, two] = [await kept(flawed), await kept(sound)];
  expect(one.length).toBe(two.length);
  let apart = 0;
  for (let i = 0; i < one.length; i += 1) apart += Math.abs((one[i] ?? 0) - (two[i] ?? 0));
  expect(apart / one.length).toBeLessThan(1);
}

const jpegs = {
  'an ordinary': () => drawn().jpeg().toBuffer(),
  'a progressive': () => drawn().jpeg({ progressive: true }).toBuffer(),
  'a grey': () => drawn().greyscale().jpeg({ progressive: true }).toBuffer(),
  'a CMYK': () => drawn().toColourspace('cmyk').jpeg().toBuffer(),
  'a finely sampled': () => drawn().jpeg({ chromaSubsampling: '4:4:4', quality: 100 }).toBuffer(),
  'a noisy': () => noise(width, height),
} as const;
const eachJpeg = Object.entries(jpegs);

const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
const behindStart = (jpeg: Buffer, ...parts: Buffer[]) =>
  Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)]);
const adobe = (transform: number) =>
  segment(0xee, Buffer.from([...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform]));

describe('a JPEG with a flaw that loses no pixel is taken', () => {
  test.each(eachJpeg)('%s one without an end marker', async (_, make) => {
    const sound = await make();
    await expectAlike(sound.subarray(0, -2), sound);
  });

  test.each([
    ['half an end marker', (jpeg: Buffer) => jpeg.subarray(0, -1)],
    ['zeroes for an end marker', (jpeg: Buffer) => Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(400)])],
    [
      'stray bytes before its end',
      (jpeg: Buffer) => Buffer.concat([jpeg.subarray(0, -2), Buffer.from([0, 7, 0]), jpeg.subarray(-2)]),
    ],
    ['a colour transform nobody knows', (jpeg: Buffer) => behindStart(jpeg, adobe(7))],
    ['another one', (jpeg: Buffer) => behindStart(jpeg, adobe(200))],
    [
      'a broken colour profile',
      (jpeg: Buffer) => behindStart(jpeg, segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01nonsense'))),
    ],
    [
      'half a colour profile',
      (jpeg: Buffer) => behindStart(jpeg, segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x02nonsense'))),
    ],
    [
      'broken EXIF',
      (jpeg: Buffer) => behindStart(jpeg, segment(0xe1, Buffer.from('Exif\0\0II*\0\xff\xff\xff\x7f'))),
    ],
    ['fill bytes between its segments', (jpeg: Buffer) => behindStart(jpeg, Buffer.alloc(5, 0xff))],
    [
      'stray bytes between its segments',
      (jpeg: Buffer) => Buffer.concat([jpeg.subarray(0, 20), Buffer.from([0, 0, 0]), jpeg.subarray(20)]),
    ],
    ['a JFIF version of the future', (jpeg: Buffer) => Buffer.from(jpeg).fill(9, 11, 12)],
    ['pages of rubbish behind it', (jpeg: Buffer) => Buffer.concat([jpeg, Buffer.alloc(5000, 0x41)])],
    ['another picture behind it', (jpeg: Buffer) => Buffer.concat([jpeg, jpeg])],
  ])('%s', async (_, spoil) => {
    for (const make of [jpegs['an ordinary'], jpegs['a progressive']]) {
      const sound = await make();
      await expectAlike(spoil(sound), sound);
    }
  });
});

describe('a JPEG that has lost pixels is refused', () => {
  test.each(eachJpeg)(
    '%s one, however little is cut off, also with an end marker put behind it',
    async (_, make) => {
      const sound = await make();
      for (const cut of [3, 4, 9, 40, 300, sound.length >> 1]) {
        const rest = sound.subarray(0, -cut);
        expect([cut, await acceptImage(rest)]).toMatchObject([cut, { ok: false, code: 'file.damaged' }]);
        // Closed between two scans it is whole, only coarser: every pixel is there.
        if (cut === 300 && walkJpeg(rest) === 'unsure') continue;
        const closed = Buffer.concat([rest, Buffer.from([0xff, 0xd9])]);
        expect([cut, await acceptImage(closed)]).toMatchObject([cut, { ok: false, code: 'file.damaged' }]);
      }
    },
  );

  test('one whose later, finer scans are missing whole', async () => {
    const sound = await jpegs['a progressive']();
    const scans: number[] = [];
    for (
      let at = sound.indexOf(Buffer.from([0xff, 0xda]));
      at > 0;
      at = sound.indexOf(Buffer.from([0xff, 0xda]), at + 2)
    )
      scans.push(at);
    const tables = sound.lastIndexOf(Buffer.from([0xff, 0xc4]), scans.at(-1));
    expect(scans.length).toBeGreaterThan(3);
    for (const end of [scans.at(-1), tables, scans[1]])
      expect(await acceptImage(sound.subarray(0, end))).toMatchObject({ ok: false, code: 'file.damaged' });
  });

  test('one with a gap between two restarts', async () => {
    const whole = await noise(320, 240);
    const middle = whole.length >> 1;
    const gap = Buffer.concat([whole.subarray(0, middle), whole.subarray(middle + 3000)]);
    expect(walkJpeg(whole)).toBe('whole');
    expect(walkJpeg(gap)).not.toBe('whole');
    expect(await acceptImage(gap)).toMatchObject({ ok: false, code: 'file.damaged' });
  });

  test('the walk bears whatever bytes it is given', async () => {
    const sound = await jpegs['a progressive']();
    const ends = ['whole', 'cut', 'unsure'];
    for (let at = 2; at < sound.length - 2; at += 7) {
      const broken = Buffer.from(sound);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      expect(ends).toContain(walkJpeg(broken));
      expect(['cut', 'unsure']).toContain(walkJpeg(sound.subarray(0, at)));
    }
  });
});

/** A PNG with each of its chunks as `change` gives it back: as data, as finished bytes, or left out. */
function rebuilt(png: Buffer, change: (type: string, data: Buffer, chunk: Buffer) => Buffer | null) {
  const parts = [...pngChunks(png)].map(({ type, data }) => change(type, data, pngChunk(type, data)));
  return Buffer.concat([png.subarray(0, 8), ...parts.filter((part) => part !== null)]);
}
const wrongSum = (chunk: Buffer) => Buffer.concat([chunk.subarray(0, -4), Buffer.alloc(4, 0x5a)]);

describe('a PNG with a flaw', () => {
  const pngs = {
    'an ordinary': () => drawn().png().toBuffer(),
    'a palette': () => drawn().png({ palette: true }).toBuffer(),
    'an interlaced': () => drawn().png({ progressive: true }).toBuffer(),
    'a deep': () => drawn().toColourspace('rgb16').png().toBuffer(),
  };

  test.each(Object.entries(pngs))('%s one that loses no pixel is taken', async (_, make) => {
    const sound = await make();
    const flawed = [
      rebuilt(sound, (type, _data, chunk) => (type === 'IEND' ? null : chunk)),
      rebuilt(sound, (type, _data, chunk) => (type === 'IDAT' ? wrongSum(chunk) : chunk)),
      rebuilt(sound, (type, _data, chunk) => (type === 'IHDR' ? wrongSum(chunk) : chunk)),
      rebuilt(sound, (type, data, chunk) =>
        type === 'IDAT' ? pngChunk(type, Buffer.concat([data.subarray(0, -1), Buffer.from([7])])) : chunk,
      ),
      rebuilt(sound, (type, data, chunk) => (type === 'IDAT' ? pngChunk(type, data.subarray(0, -4)) : chunk)),
      rebuilt(sound, (type, _data, chunk) =>
        type === 'IHDR' ? Buffer.concat([chunk, wrongSum(pngChunk('tEXt', Buffer.from('a\0b')))]) : chunk,
      ),
      Buffer.concat([sound, Buffer.alloc(99, 1)]),
    ];
    for (const one of flawed) await expectAlike(one, sound);
  });

  test.each(Object.entries(pngs))('%s one that has lost rows is refused', async (_, make) => {
    const sound = await make();
    const pixels = sound.indexOf('IDAT');
    for (const share of [0.9, 0.6, 0.2])
      expect(
        await acceptImage(sound.subarray(0, pixels + Math.floor((sound.length - pixels - 16) * share))),
      ).toMatchObject({
        ok: false,
        code: 'file.damaged',
      });
    const short = rebuilt(sound, (type, data, chunk) =>
      type === 'IDAT' ? pngChunk(type, data.subarray(0, data.length >> 1)) : chunk,
    );
    expect(await acceptImage(short)).toMatchObject({ ok: false, code: 'file.damaged' });
  });
});

describe('a WebP that is wrong about its length', () => {
  test.each([
    ['lossy', () => drawn().webp().toBuffer()],
    ['lossless', () => drawn().webp({ lossless: true }).toBuffer()],
    ['with a profile', () => drawn().withIccProfile('p3').webp().toBuffer()],
  ])('%s, is taken as long as it is all there', async (_, make) => {
    const sound = await make();
    for (const off of [-60, 4, 100_000]) {
      const wrong = Buffer.from(sound);
      wrong.writeUInt32LE(sound.length - 8 + off, 4);
      await expectAlike(wrong, sound);
    }
    expect(await acceptImage(sound.subarray(0, -20))).toMatchObject({ ok: false, code: 'file.damaged' });
  });
});

describe('what moves in name only, and what browsers take', () => {
  const one = () => drawn().png().toBuffer();
  const oneFrame = async (format: 'webp' | 'gif') => {
    const frames = sharp([await one(), await quarters(width, height).negate().png().toBuffer()], {
      join: { animated: true },
    });
    const moving = await (format === 'webp' ? frames.webp() : frames.gif()).toBuffer();
    return moving;
  };

  test('an animation of one frame is a still', async () => {
    // The second picture is left out of the file; its length then is wrong as well, and its flag says that it moves.
    const moving = await oneFrame('webp');
    const second = moving.indexOf('ANMF', moving.indexOf('ANMF') + 4);
    expect(await acceptImage(moving)).toMatchObject({ ok: false, code: 'file.animated' });
    await expectAlike(moving.subarray(0, second), await drawn().webp().toBuffer());
    expect((await acceptImage(await animatedPng(1))).ok).toBe(true);
    expect(sniffPicture(avifSequence(await drawn().avif({ effort: 0 }).toBuffer(), 1)).ok).toBe(true);
  });

  test.each([
    ['a still GIF', () => drawn().gif().toBuffer()],
    ['an AVIF', () => drawn().avif({ effort: 0, quality: 90 }).toBuffer()],
    ['a deep AVIF', () => drawn().avif({ effort: 0, quality: 90, bitdepth: 8, lossless: true }).toBuffer()],
    [
      'an AVIF under its general brand',
      async () => {
        const bytes = await drawn().avif({ effort: 0, quality: 90 }).toBuffer();
        bytes.write('mif1', 8, 'latin1');
        return bytes;
      },
    ],
  ])('%s is taken', async (_, make) => {
    const [given, sound] = [await kept(await make()), await kept(await one())];
    const apart = given.reduce((sum, byte, i) => sum + Math.abs(byte - (sound[i] ?? 0)), 0);
    expect(apart / given.length).toBeLessThan(4);
  });

  test('a deep picture in wide colours becomes sRGB as a shallow one does', async () => {
    const wide = (space: string) => drawn().toColourspace(space).withIccProfile('p3').png();
    const deep = await sharp(await wide('srgb').toBuffer(), { ignoreIcc: true })
      .toColourspace('rgb16')
      .withIccProfile('p3')
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    await expectAlike(deep, await sharp(deep).toColourspace('srgb').withIccProfile('p3').png({}).toBuffer());
  });
});
