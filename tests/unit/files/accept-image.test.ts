import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { type AcceptedImage, acceptImage } from '#lib/files/picture/accept-image.ts';
import { firstVariants, pictureLimits } from '#lib/files/policy.ts';
import { noise, quarters, whitePng } from '#tests/support/pictures.ts';

async function accepted(bytes: Buffer): Promise<AcceptedImage> {
  const result = await acceptImage(bytes);
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

/** Colour of the middle of each quarter of the kept original, clockwise from the upper left. */
async function quarterColours(picture: AcceptedImage): Promise<string[]> {
  const { data, info } = await sharp(picture.variants.original.bytes)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const offset = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    const [red = 0, green = 0, blue = 0] = data.subarray(offset, offset + 3);
    if (red > 150 && green > 150) return 'yellow';
    return red > 120 ? 'red' : green > 100 ? 'green' : blue > 120 ? 'blue' : `${red},${green},${blue}`;
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.75, 0.75), at(0.25, 0.75)];
}

/** Turns and mirrors an upright picture the way a camera with this orientation would store it. */
async function asCameraStores(straight: Buffer, orientation: number): Promise<Buffer> {
  const [angle = 0, mirror] = (
    {
      2: [0, 'flop'],
      3: [180],
      4: [0, 'flip'],
      5: [90, 'flop'],
      6: [270],
      7: [270, 'flop'],
      8: [90],
    } as Record<number, [number, ('flip' | 'flop')?]>
  )[orientation] ?? [0];
  const turned = await sharp(straight).rotate(angle).png().toBuffer();
  return mirror ? sharp(turned)[mirror]().png().toBuffer() : turned;
}

const upright = ['red', 'green', 'yellow', 'blue'];

describe('what is kept of an honest photo', () => {
  test('every size is there, no wider than its name and never wider than the photo', async () => {
    const picture = await accepted(await quarters(2000, 1500).jpeg().toBuffer());
    expect(Object.keys(picture.variants).sort()).toEqual([...firstVariants].sort());
    expect([picture.width, picture.height]).toEqual([2000, 1500]);
    for (const [name, width] of [
      ['original', 2000],
      ['w1280', 1280],
      ['w640', 640],
      ['w320', 320],
    ] as const) {
      const variant = picture.variants[name];
      const seen = await sharp(variant.bytes).metadata();
      expect([seen.width, seen.height, `image/${seen.format}`]).toEqual([
        width,
        Math.round(width * 0.75),
        variant.mimeType,
      ]);
      expect([variant.width, variant.height]).toEqual([seen.width, seen.height]);
    }
    const small = await accepted(await quarters(100, 80).jpeg().toBuffer());
    expect(firstVariants.map((name) => small.variants[name].width)).toEqual([100, 100, 100, 100]);
  });

  test('a placeholder and the digest of the kept bytes are given', async () => {
    const picture = await accepted(await quarters().jpeg().toBuffer());
    expect(Buffer.from(picture.thumbhash, 'base64').length).toBeGreaterThan(10);
    expect(picture.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i is kept upright', async (orientation) => {
    const straight = await quarters(400, 300).png().toBuffer();
    const photo = await sharp(await asCameraStores(straight, orientation))
      .withMetadata({ orientation })
      .jpeg()
      .toBuffer();
    const picture = await accepted(photo);
    expect(await quarterColours(picture)).toEqual(upright);
    expect([picture.width, picture.height]).toEqual([400, 300]);
    expect((await sharp(picture.variants.original.bytes).metadata()).orientation).toBeUndefined();
  });

  test.each([
    ['CMYK JPEG', () => quarters().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()],
    ['16-bit PNG', () => quarters().toColourspace('rgb16').png().toBuffer()],
    ['palette PNG', () => quarters().png({ palette: true }).toBuffer()],
    ['progressive JPEG', () => quarters().jpeg({ progressive: true }).toBuffer()],
    ['lossless WebP', () => quarters().webp({ lossless: true }).toBuffer()],
    ['Display P3 JPEG', () => quarters().withIccProfile('p3').jpeg().toBuffer()],
  ])('%s becomes an 8-bit sRGB JPEG of the same colours', async (_name, make) => {
    const picture = await accepted(await make());
    const seen = await sharp(picture.variants.original.bytes).metadata();
    expect(seen).toMatchObject({ format: 'jpeg', space: 'srgb', depth: 'uchar', channels: 3 });
    expect(await quarterColours(picture)).toEqual(upright);
  });

  test('a grey photo becomes sRGB too', async () => {
    const picture = await accepted(await quarters().greyscale().jpeg().toBuffer());
    expect(await sharp(picture.variants.original.bytes).metadata()).toMatchObject({
      space: 'srgb',
      channels: 3,
    });
  });

  test('transparency is laid on white', async () => {
    const clear = await sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { data } = await sharp((await accepted(clear)).variants.original.bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(250);
  });

  test('place, camera, comments, colour profile and trailing bytes are gone from every size', async () => {
    const tagged = await quarters()
      .withExif({
        IFD0: { Make: 'SECRETCAMERA', Copyright: 'SECRETOWNER' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 41/1 0/1' },
      })
      .withIccProfile('p3')
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRETXMP</x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect(tagged.includes('SECRETCAMERA')).toBe(true);
    const polyglot = Buffer.concat([tagged, Buffer.from('<html><script>SECRETSCRIPT</script></html>')]);
    const picture = await accepted(polyglot);
    for (const name of firstVariants) {
      const { bytes } = picture.variants[name];
      expect(bytes.includes('SECRET')).toBe(false);
      const seen = await sharp(bytes).metadata();
      expect([seen.exif, seen.icc, seen.xmp, seen.iptc]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  test('stray bytes between markers, as some cameras write them, are forgiven', async () => {
    const photo = await quarters().jpeg().toBuffer();
    const stray = Buffer.concat([photo.subarray(0, -2), Buffer.from([0, 0, 0]), photo.subarray(-2)]);
    expect(await quarterColours(await accepted(stray))).toEqual(upright);
  });

  test('a photo larger than we keep is scaled down', async () => {
    const picture = await accepted(await quarters(6000, 4000).jpeg().toBuffer());
    expect(Math.max(picture.width, picture.height)).toBe(pictureLimits.keptSide);
  });

  test('exactly the largest allowed picture passes', async () => {
    const picture = await accepted(whitePng(8000, 5000));
    expect(picture.width).toBe(4096);
  });
});

describe('bytes and files', () => {
  test('exactly 10 MiB is not too large, one byte more is', async () => {
    const photo = await noise(1200, 1200);
    const padded = (size: number) => Buffer.concat([photo, Buffer.alloc(size - photo.length)]);
    expect((await acceptImage(padded(10 * 1024 * 1024))).ok).toBe(true);
    expect(await acceptImage(padded(10 * 1024 * 1024 + 1))).toMatchObject({
      ok: false,
      code: 'file.tooLarge',
    });
  });

  test('a file is read by its path, and one that cannot be read is an expected failure', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'accept-'));
    const path = join(folder, 'photo.jpg');
    await writeFile(path, await quarters().jpeg().toBuffer());
    expect((await acceptImage(path)).ok).toBe(true);
    expect(await acceptImage(join(folder, 'none.jpg'))).toMatchObject({ ok: false, code: 'file.unreadable' });
    expect(await acceptImage(folder)).toMatchObject({ ok: false, code: 'file.unreadable' });
    await rm(folder, { recursive: true });
  });
});
