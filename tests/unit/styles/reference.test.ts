import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeReference } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { renderPhoto } from '#lib/styles/node/render-photo.ts';
import { seededRandom } from '#lib/styles/paint/kernels/random.ts';
import { newPicture, newPlane, type Picture } from '#lib/styles/paint/raster.ts';
import { matchTexture } from '#lib/styles/paint/reference/match-texture.ts';
import { applyMove, moveColours, paletteOf } from '#lib/styles/paint/reference/move-colours.ts';
import { labAt, toLab, toRgb } from '#lib/styles/paint/reference/oklab.ts';
import { readReference } from '#lib/styles/paint/reference/read-reference.ts';
import { type Swatch, weaveTexture } from '#lib/styles/paint/reference/weave-texture.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const sample = (name: string) => readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url));

const lookAt = async (file: Buffer) => readReference(await decodeReference(file), nodeModels);

/** Cloth: a busy pattern of two colours, everywhere alike. */
async function cloth(width = 240, height = 180): Promise<Buffer> {
  const random = seededRandom(4);
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const on = ((i % width) >> 1) % 2 === (((i / width) | 0) >> 1) % 2;
    const noise = random() * 30;
    pixels.set(on ? [150 + noise, 30, 40] : [20, 60 + noise, 120], i * 3);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

function gradient(width: number, height: number, low: number, high: number): Picture {
  const picture = newPicture(width, height);
  for (let i = 0; i < picture.r.length; i++) {
    const t = (i % width) / Math.max(1, width - 1);
    picture.r[i] = low + (high - low) * t;
    picture.g[i] = 0.5 * (low + (high - low) * t);
    picture.b[i] = 0.2;
  }
  return picture;
}

const swatchOf = ({ width, height, r, g, b }: Picture): Swatch => {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < r.length; i++)
    pixels.set(
      [r, g, b].map((channel) => Math.round((channel[i] as number) * 255)),
      i * 3,
    );
  return { width, height, pixels };
};

const all = () => 1;
const meanLab = (picture: Picture) => {
  const sum = [0, 0, 0];
  for (let i = 0; i < picture.r.length; i++)
    labAt(picture, i).forEach((value, k) => {
      sum[k] = (sum[k] ?? 0) + value;
    });
  return sum.map((value) => value / picture.r.length) as [number, number, number];
};

/** Tiles of four plain colours with sharp borders: busy, without any texture. */
function tiles(): Promise<Buffer> {
  const colours = ['#7a1f2b', '#f2c14e', '#1f6f6b', '#f4ede0'];
  const squares = Array.from({ length: 12 * 9 }, (_, k) => {
    const [x, y] = [(k % 12) * 100, Math.floor(k / 12) * 100];
    return `<rect x="${x}" y="${y}" width="100" height="100" fill="${colours[(k * 7) % 4]}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900">${squares.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

describe('a part of a reference', () => {
  it('is all that a look of light is taken from', async () => {
    const [red, blue] = ['#b03020', '#2040b0'];
    const stripes = (left: string, right: string) =>
      sharp(
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="120"><rect width="100" height="120" fill="${left}"/>
          <rect x="100" width="100" height="120" fill="${right}"/></svg>`,
        ),
      )
        .png()
        .toBuffer();
    const portrait = await sharp(sample('eileen-collins.png')).resize(160).png().toBuffer();
    const order = { kind: 'light' as const, region: { x: 0.5, y: 0, width: 0.5, height: 1 } };
    const [part, whole] = await Promise.all([
      renderPhoto(portrait, { style: 'reference', reference: await stripes(red, blue), order }, nodeModels),
      renderPhoto(portrait, { style: 'reference', reference: await stripes(blue, blue) }, nodeModels),
    ]);
    const bytesOf = async ({ bytes }: { bytes: Buffer }) => sharp(bytes).resize(32, 32).raw().toBuffer();
    const [one, two] = await Promise.all([bytesOf(part), bytesOf(whole)]);
    const difference =
      one.reduce((sum, value, i) => sum + Math.abs(value - (two[i] as number)), 0) / one.length;
    expect(difference).toBeLessThan(4);
  });
});

describe('OKLab', () => {
  it('comes back to the colour it came from', () => {
    const random = seededRandom(8);
    for (let k = 0; k < 500; k++) {
      const colour = [random(), random(), random()] as const;
      toRgb(toLab(...colour)).forEach((value, c) => {
        expect(value).toBeCloseTo(colour[c] as number, 4);
      });
    }
    expect(toLab(1, 1, 1)[0]).toBeCloseTo(1, 4);
    expect(toLab(0, 0, 0)[0]).toBeCloseTo(0, 4);
  });
});

describe('colours that move from one palette to another', () => {
  it('stay where they are when both are the same', () => {
    const picture = gradient(80, 60, 0.1, 0.9);
    const palette = paletteOf(picture, 3, all);
    const before = picture.r.slice();
    applyMove(picture, moveColours(palette, palette, 1));
    picture.r.forEach((value, i) => {
      expect(Math.abs(value - (before[i] as number))).toBeLessThan(0.02);
    });
  });

  it('arrive at the other’s mean, in order and without steps', () => {
    const picture = gradient(200, 20, 0.1, 0.9);
    const other = newPicture(40, 40);
    const random = seededRandom(2);
    for (let i = 0; i < 1600; i++) {
      const t = random();
      other.r[i] = 0.2 * t;
      other.g[i] = 0.3 + 0.3 * t;
      other.b[i] = 0.5 + 0.4 * t;
    }
    applyMove(picture, moveColours(paletteOf(picture, 3, all), paletteOf(other, 5, all), 1));
    const [moved, wanted] = [meanLab(picture), meanLab(other)];
    moved.forEach((value, k) => {
      expect(Math.abs(value - (wanted[k] as number))).toBeLessThan(0.05);
    });
    for (let x = 1; x < 200; x++) {
      const step = (picture.b[x] as number) - (picture.b[x - 1] as number);
      expect(step).toBeGreaterThan(-0.004);
      expect(step).toBeLessThan(0.03);
    }
  });

  it('are numbers also when both pictures are one colour', () => {
    const picture = plainPicture(9, 7, [0.8, 0.3, 0.1]);
    const other = plainPicture(4, 4, [0, 0, 0]);
    applyMove(picture, moveColours(paletteOf(picture, 3, all), paletteOf(other, 5, all), 1));
    for (const channel of [picture.r, picture.g, picture.b])
      expect(channel.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

describe('texture', () => {
  it('of a plain reference is plain, wherever it is laid', () => {
    const photo = gradient(120, 90, 0, 1);
    const plain = plainPicture(64, 50, [0.3, 0.6, 0.2]);
    const match = matchTexture(photo, plain, newPlane(120, 90, 0.5));
    const woven = weaveTexture(match, swatchOf(plain), 240, 180);
    expect([woven.width, woven.height]).toEqual([240, 180]);
    expect(woven.g.every((value) => Math.abs(value - 0.6) < 1e-5)).toBe(true);
  });

  it('is taken only from inside the reference', async () => {
    const photo = gradient(150, 60, 0, 1);
    const { small } = await lookAt(await cloth(90, 70));
    const match = matchTexture(photo, small, newPlane(150, 60, 0.4));
    expect(match.x.every((x) => x >= 2 && x < match.from.width - 2)).toBe(true);
    expect(match.y.every((y) => y >= 2 && y < match.from.height - 2)).toBe(true);
  });

  it.each([
    [40, 30, 97, 61],
    [256, 171, 1024, 683],
    [64, 64, 64, 64],
    [5, 5, 300, 7],
  ])(
    'of %i x %i places fills %i x %i pixels to the last, with numbers of the reference',
    (columns, rows, width, height) => {
      const random = seededRandom(6);
      const swatch = { width: 83, height: 57, pixels: new Uint8Array(83 * 57 * 3) };
      for (let i = 0; i < swatch.pixels.length; i++) swatch.pixels[i] = 100 + Math.floor(random() * 100);
      const from = { width: 41, height: 29 };
      const place = (length: number) => 2 + Math.floor(random() * (length - 4));
      const match = {
        width: columns,
        height: rows,
        x: Int32Array.from({ length: columns * rows }, (_, i) => (i % 3 ? place(41) : i % 2 ? 2 : 38)),
        y: Int32Array.from({ length: columns * rows }, (_, i) => (i % 3 ? place(29) : i % 2 ? 2 : 26)),
        from,
      };
      const { r, g, b } = weaveTexture(match, swatch, width, height);
      for (const channel of [r, g, b])
        expect(channel.every((value) => value > 99 / 255 && value < 200 / 255)).toBe(true);
    },
  );

  it('is seen in cloth, and neither in a photo nor in plain tiles with borders', async () => {
    expect((await lookAt(await cloth())).texture).toBeGreaterThan(0.8);
    expect((await lookAt(sample('rocket.jpg'))).texture).toBeLessThan(0.1);
    expect((await lookAt(await tiles())).texture).toBeLessThan(0.1);
    expect((await lookAt(sample('eileen-collins.png'))).texture).toBe(0);
    const grey = await sharp(sample('coffee.png')).greyscale().png().toBuffer();
    expect((await lookAt(grey)).colour).toBeLessThan(0.1);
  });
});

describe('a photo in the look of a reference', () => {
  let portrait: Buffer;
  let woven: Buffer;
  beforeAll(async () => {
    portrait = await sharp(sample('eileen-collins.png')).resize(220).jpeg({ quality: 95 }).toBuffer();
    woven = await cloth();
  });
  const render = (reference: Buffer, photo = portrait) =>
    renderPhoto(photo, { style: 'reference', reference }, nodeModels);

  it('is the same to the last bit every time, at the size of every result', async () => {
    const [one, two] = [await render(woven), await render(woven)];
    const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(sum(one.bytes)).toBe(sum(two.bytes));
    expect([one.width, one.height]).toEqual([440, 440]);
  });

  it('keeps a face nearer to the photo than its surroundings', async () => {
    const raw = (bytes: Buffer) => sharp(bytes).resize(110, 110).greyscale().raw().toBuffer();
    const [photo, result] = [await raw(portrait), await raw((await render(woven)).bytes)];
    const correlation = (left: number, top: number, side: number) => {
      const [a, b]: [number[], number[]] = [[], []];
      for (let y = top; y < top + side; y++)
        for (let x = left; x < left + side; x++) {
          a.push(photo[y * 110 + x] as number);
          b.push(result[y * 110 + x] as number);
        }
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const [ma, mb] = [mean(a), mean(b)];
      const dot = (p: number[], mp: number, q: number[], mq: number) =>
        p.reduce((sum, value, i) => sum + (value - mp) * ((q[i] as number) - mq), 0);
      return dot(a, ma, b, mb) / Math.sqrt(dot(a, ma, a, ma) * dot(b, mb, b, mb));
    };
    expect(correlation(38, 20, 20)).toBeGreaterThan(0.9);
  });

  it('is grey when the reference is', async () => {
    const grey = await sharp(sample('coffee.png')).greyscale().png().toBuffer();
    const stats = await sharp((await render(grey)).bytes)
      .resize(60)
      .stats();
    const [r, g, b] = stats.channels.map(({ mean }) => mean) as [number, number, number];
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(8);
  });

  it.each([
    [1, 1],
    [3, 200],
    [5, 5],
    [400, 7],
  ])('survives a reference of %i x %i, and a photo of that size', async (width, height) => {
    const odd = await sharp(woven).resize(width, height, { fit: 'fill' }).png().toBuffer();
    expect((await render(odd)).width).toBe(440);
    await render(woven, odd);
  });
});
