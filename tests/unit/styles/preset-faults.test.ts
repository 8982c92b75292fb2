import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type StyleName, styles } from '#lib/styles/catalogue.ts';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { resize } from '#lib/styles/paint/kernels/resize.ts';
import type { Face } from '#lib/styles/paint/people/find-faces.ts';
import { findFaces } from '#lib/styles/paint/people/find-faces.ts';
import { findPreset } from '#lib/styles/paint/presets.ts';
import { luma, type Picture, type Plane } from '#lib/styles/paint/raster.ts';
import { readScene } from '#lib/styles/paint/scene.ts';

const sample = (name: string) => readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url));

async function painted(
  photo: Buffer,
  style: StyleName,
): Promise<{ picture: Picture; faces: readonly Face[] }> {
  const { needs, paint } = findPreset(style);
  const scene = await readScene(await decodePhoto(photo), needs, nodeModels);
  return { picture: paint(scene), faces: scene.faces };
}

/** A sample that is painted at 600 pixels. */
const small = (name: string) => sharp(sample(name)).resize(300, 300, { fit: 'inside' }).png().toBuffer();

/** The light of a part of a picture, given in shares of its sides. */
function part(picture: Picture, left: number, top: number, right: number, bottom: number): Plane {
  const light = luma(picture);
  const [x, y] = [Math.round(left * light.width), Math.round(top * light.height)];
  const [width, height] = [Math.round(right * light.width) - x, Math.round(bottom * light.height) - y];
  const data = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * light.width + x;
    data.set(light.data.subarray(from, from + width), row * width);
  }
  return { width, height, data };
}

function at(plane: Plane, share: number): number {
  return Float32Array.from(plane.data).sort()[Math.floor(share * (plane.data.length - 1))] as number;
}

function mean({ data }: Plane): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}

function spread(plane: Plane): number {
  const middle = mean(plane);
  return Math.sqrt(plane.data.reduce((sum, value) => sum + (value - middle) ** 2, 0) / plane.data.length);
}

/** How far light goes with light in two parts of the same size: Pearson's correlation. */
function likeness(one: Plane, two: Plane): number {
  const [a, b] = [mean(one), mean(two)];
  const product = one.data.map((value, i) => (value - a) * ((two.data[i] as number) - b));
  return mean({ ...one, data: product }) / (spread(one) * spread(two));
}

/** Two people at either side of a wide photo, the first in as much light as is said. */
function couple(light = 1): Promise<Buffer> {
  return Promise.all([
    sharp(sample('eileen-collins.png')).resize(420).linear(light, 0).toBuffer(),
    sharp(sample('grace-hopper.jpg')).resize(330).toBuffer(),
  ]).then(([one, two]) =>
    sharp({ create: { width: 1000, height: 640, channels: 3, background: '#7d93a8' } })
      .composite([
        { input: one, left: 20, top: 210 },
        { input: two, left: 640, top: 200 },
      ])
      .jpeg({ quality: 92 })
      .toBuffer(),
  );
}

/** Somebody cut out and put before another ground. */
async function before(background: string): Promise<Buffer> {
  const outline = Buffer.from(
    `<svg width="210" height="210"><ellipse cx="92" cy="60" rx="31" ry="42" fill="#fff"/>
    <rect x="40" y="102" width="110" height="108" rx="30" fill="#fff"/></svg>`,
  );
  const person = await sharp(sample('eileen-collins.png'))
    .resize(210)
    .ensureAlpha()
    .composite([{ input: outline, blend: 'dest-in' }])
    .png()
    .toBuffer();
  return sharp({ create: { width: 300, height: 300, channels: 3, background } })
    .composite([{ input: person, left: 45, top: 90 }])
    .jpeg({ quality: 92 })
    .toBuffer();
}

describe('pop art', () => {
  it('shows both of two people in its prints', async () => {
    const { picture, faces } = await painted(await couple(), 'popart');
    expect(faces.length).toBe(2);
    const seen = await findFaces(nodeModels, picture, {
      x: 0,
      y: 0,
      width: picture.width / 2,
      height: picture.height / 2,
    });
    expect(seen.length).toBe(2);
  });
});

describe('linocut', () => {
  it('cuts forms into the shadow side of a face', async () => {
    const portrait = await small('eileen-collins.png');
    const shadow = Buffer.from(
      `<svg width="300" height="300"><defs><linearGradient id="a"><stop offset="0.41" stop-color="#2c2c2c"/>
      <stop offset="0.46" stop-color="#fff"/></linearGradient></defs><rect width="300" height="300" fill="url(#a)"/></svg>`,
    );
    const sideLit = await sharp(portrait)
      .composite([{ input: shadow, blend: 'multiply' }])
      .png()
      .toBuffer();
    const { picture } = await painted(sideLit, 'linocut');
    const paper = (light: Plane) =>
      light.data.reduce((sum, value) => sum + (value > 0.55 ? 1 : 0), 0) / light.data.length;
    const [dark, lit] = [part(picture, 0.35, 0.18, 0.42, 0.33), part(picture, 0.44, 0.18, 0.5, 0.33)].map(
      paper,
    );
    expect(dark).toBeGreaterThan(0.1);
    expect(lit).toBeLessThan(0.97);
  });
});

describe('linocut', () => {
  it('cuts faces cleanly: no slivers are left standing between gouges', async () => {
    const { picture, faces } = await painted(await small('eileen-collins.png'), 'linocut');
    const [face] = faces;
    if (!face) throw new Error('no face was found');
    const cheeks = part(
      picture,
      face.x - face.width * 0.3,
      face.y - face.height * 0.05,
      face.x + face.width * 0.3,
      face.y + face.height * 0.12,
    );
    let borders = 0;
    for (let i = 1; i < cheeks.data.length; i++)
      if ((cheeks.data[i] as number) > 0.55 !== (cheeks.data[i - 1] as number) > 0.55) borders++;
    expect(borders / cheeks.height).toBeLessThan(4.5);
  });
});

describe('linocut', () => {
  it('parts what is dark from the dark behind it with a line', async () => {
    const jar =
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300" fill="#2c1e16"/>
      <rect y="150" width="300" height="150" fill="#c9a484"/><rect x="80" y="40" width="90" height="100" rx="40" fill="#0d0906"/></svg>`);
    const { picture } = await painted(await sharp(jar).png().toBuffer(), 'linocut');
    const paper = ({ data }: Plane) => data.filter((value) => value > 0.55).length / data.length;
    // Along its left side there is a line from top to bottom, and nothing is scratched into its middle.
    expect(paper(part(picture, 0.24, 0.26, 0.3, 0.29))).toBeGreaterThan(0.04);
    expect(paper(part(picture, 0.24, 0.3, 0.3, 0.33))).toBeGreaterThan(0.04);
    expect(paper(part(picture, 0.34, 0.2, 0.5, 0.4))).toBeLessThan(0.01);
  });
});

/** Something like two lines of small letters. */
const marks = Array.from(
  { length: 48 },
  (_, k) => `M${20 + (k % 24) * 11} ${104 + 18 * Math.floor(k / 24)}l2 7l2 -7`,
).join('');

/** A poster: letters and flat colours on white. */
const poster = () =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="240"><rect width="300" height="240" fill="#fdfdfb"/>
    <rect width="300" height="80" fill="#b5202f"/><path d="${marks}" fill="none" stroke="#222" stroke-width="1"/>
    <rect x="40" y="160" width="100" height="60" fill="#2f7fd6"/></svg>`),
  )
    .png()
    .toBuffer();

/** The mean of each channel in a part of a picture. */
function colourOf({ width, height, r, g, b }: Picture, ...at: [number, number, number, number]): number[] {
  return [r, g, b].map((data) => mean(part({ width, height, r: data, g: data, b: data }, ...at)));
}

describe('what stands on white', () => {
  it('keeps its colours: white around it is no light to be lowered', async () => {
    const { picture } = await painted(await poster(), 'vintage');
    expect(colourOf(picture, 0.2, 0.72, 0.4, 0.86)[2]).toBeGreaterThan(0.55);
  });

  it('stays red in three inks of which the dark one is blue', async () => {
    const [r = 0, g = 0, b = 0] = colourOf(
      (await painted(await poster(), 'riso')).picture,
      0.1,
      0.05,
      0.9,
      0.3,
    );
    expect(r - Math.max(g, b)).toBeGreaterThan(0.4);
  });

  it('keeps small letters under a broad brush', async () => {
    const photo = await poster();
    const { picture } = await painted(photo, 'oil');
    const [made, seen] = [picture, await decodePhoto(photo)].map((one) => part(one, 0.05, 0.42, 0.95, 0.57));
    expect(likeness(made as Plane, seen as Plane)).toBeGreaterThan(0.43);
  });
});

describe('a photo behind a veil', () => {
  it.each(['pencil', 'ink'] as const)('has blacks again: %s', async (style) => {
    const veiled = await sharp(await small('eileen-collins.png'))
      .linear(0.35, 90)
      .png()
      .toBuffer();
    const { picture } = await painted(veiled, style);
    // The helmet.
    expect(at(part(picture, 0.62, 0.75, 0.78, 0.92), 0.5)).toBeLessThan(0.3);
  });
});

describe.each(['duotone', 'riso'] as const)('%s', (style) => {
  it('keeps a dark face beside a light one out of the dark ink', async () => {
    const { picture, faces } = await painted(await couple(0.3), style);
    const face = faces.find(({ x }) => x < 0.5);
    if (!face) throw new Error('no face was found');
    const skin = part(
      picture,
      face.x - face.width * 0.25,
      face.y - face.height * 0.3,
      face.x + face.width * 0.25,
      face.y + face.height * 0.3,
    );
    expect(spread(skin)).toBeGreaterThan(0.08);
  });
});

describe.each(['pencil', 'colorPencil'] as const)('%s', (style) => {
  it('has blacks where the photo has, and leaves a night a night', async () => {
    const { picture } = await painted(await small('eileen-collins.png'), style);
    // The helmet.
    expect(at(part(picture, 0.62, 0.75, 0.78, 0.92), 0.5)).toBeLessThan(0.2);
    // Behind somebody too.
    const dark = await painted(await before('#101418'), style);
    expect(mean(part(dark.picture, 0.05, 0.05, 0.4, 0.25))).toBeLessThan(0.28);
    const night = await painted(await small('rocket.jpg'), style);
    expect(mean(part(night.picture, 0.2, 0.05, 0.8, 0.4))).toBeLessThan(0.54);
  });
});

describe('oil', () => {
  it('keeps a pale wall a wall', async () => {
    const wall = sharp({ create: { width: 500, height: 400, channels: 3, background: '#ece8e0' } });
    const grain = await sharp({
      create: {
        width: 500,
        height: 400,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 6 },
      },
    })
      .png()
      .toBuffer();
    const photo = await wall
      .composite([{ input: grain, blend: 'soft-light' }])
      .jpeg()
      .toBuffer();
    const { picture } = await painted(photo, 'oil');
    expect(spread(part(picture, 0.1, 0.1, 0.9, 0.9))).toBeLessThan(0.045);
  });
});

describe('watercolor', () => {
  it('lets a dark backdrop be dark and even', async () => {
    const { picture } = await painted(await before('#101418'), 'watercolor');
    const corner = part(picture, 0.12, 0.12, 0.4, 0.3);
    expect(mean(corner)).toBeLessThan(0.17);
    expect(spread(resize(corner, 8, 8))).toBeLessThan(0.03);
  });
});

describe('a white surround', () => {
  // The backdrops of pop art are coloured, each another.
  it.each(styles.map(({ name }) => name).filter((name) => name !== 'popart'))(
    'stays white: %s',
    async (style) => {
      const { picture } = await painted(await before('#ffffff'), style);
      // Means of blocks, because paper and grain are wanted.
      const blocks = resize(luma(picture), 10, 10);
      const border = [];
      for (let i = 0; i < 100; i++) {
        const [x, y] = [i % 10, Math.floor(i / 10)];
        if ((x === 0 || x === 9 || y === 0) && y < 8) border.push(blocks.data[i] as number);
      }
      expect(Math.min(...border)).toBeGreaterThan(0.86);
      expect(Math.max(...border) - Math.min(...border)).toBeLessThan(0.06);
    },
  );
});

/** A wall that is white at the left and has this colour at the right. */
const wall = (right: string) =>
  sharp(
    Buffer.from(`<svg width="300" height="300"><defs><linearGradient id="a"><stop offset="0" stop-color="#ffffff"/>
    <stop offset="1" stop-color="${right}"/></linearGradient></defs><rect width="300" height="300" fill="url(#a)"/></svg>`),
  );

/** The same with the unrest of plaster. */
async function plaster(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 34 } as const;
  const unrest = await sharp({ create: { width: 50, height: 50, channels: 3, background: '#000', noise } })
    .resize(300, 300)
    .linear(0.35, 84)
    .png()
    .toBuffer();
  return wall('#a9a6b6')
    .composite([{ input: unrest, blend: 'soft-light' }])
    .png()
    .toBuffer();
}

describe('a pale wall', () => {
  it('runs out into paper in all inks at once: halftone', async () => {
    const { picture } = await painted(await wall('#d8d2d8').png().toBuffer(), 'halftone');
    const pink = Array.from({ length: 10 }, (_, k) => {
      const [r = 0, g = 0] = colourOf(picture, k / 10, 0, (k + 1) / 10, 1);
      return r - g;
    });
    // Nowhere is it pinker than where it is darker.
    for (let k = 1; k < 10; k++) expect(pink[k - 1]).toBeLessThan((pink[k] as number) + 0.008);
  });

  it('has steps with calm borders: comic', async () => {
    const { picture } = await painted(await plaster(), 'comic');
    // Steps go from side to side, so that what changes downwards is torn.
    const light = luma(picture);
    let torn = 0;
    for (let i = light.width; i < light.data.length; i++)
      torn += Math.abs((light.data[i] as number) - (light.data[i - light.width] as number));
    expect(torn / light.data.length).toBeLessThan(0.0016);
  });
});

/** A photo as a small sensor takes it in the dark. */
async function noisy(photo: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(photo).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let seed = 7;
  const random = () => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return seed / 2 ** 32 - 0.5;
  };
  for (let i = 0; i < data.length; i++)
    data[i] = Math.max(0, Math.min(255, (data[i] as number) + 70 * (random() + random() + random())));
  return sharp(data, { raw: info }).png().toBuffer();
}

describe('a photo full of noise', () => {
  it.each([
    ['comic', 0.95],
    ['ink', 0.86],
    ['linocut', 0.85],
    ['pencil', 0.955],
  ] as const)('is drawn as it would be without: %s', async (style, least) => {
    const portrait = await sharp(sample('eileen-collins.png')).resize(640, 640).png().toBuffer();
    const [clean, made] = [await painted(portrait, style), await painted(await noisy(portrait), style)];
    const [one, two] = [clean, made].map(({ picture }) => part(picture, 0.3, 0.05, 0.7, 0.4));
    expect(likeness(one as Plane, two as Plane)).toBeGreaterThan(least);
  });
});
