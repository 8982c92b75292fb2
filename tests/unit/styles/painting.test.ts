import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { wearLook } from '#lib/styles/paint/looks/wear-look.ts';
import { findFaces } from '#lib/styles/paint/people/find-faces.ts';
import type { Picture } from '#lib/styles/paint/raster.ts';

const collins = readFileSync(new URL('../../../public/samples/eileen-collins.png', import.meta.url));
const portrait = await decodePhoto(collins, 320);

const drawn = (shapes: string) =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="600" height="480">${shapes}</svg>`))
    .jpeg({ quality: 90 })
    .toBuffer();

/** Cuts of a gouge in one ink, dense to the left and few to the right. */
const cuts = Array.from({ length: 900 }, (_, k) => {
  const [x, y] = [600 * ((k * 0.618034) % 1) ** 1.6, 480 * ((k * 0.7548777) % 1)];
  return `<path d="M${x} ${y}l${14 + (k % 9)} ${(k % 7) - 3}" stroke="#1d2b3a" stroke-width="${2 + (k % 3)}"/>`;
}).join('');
const prints = {
  woodcut: {
    colours: ['#f0e6d2', '#1d2b3a'],
    picture: drawn(
      `<rect width="600" height="480" fill="#f0e6d2"/><rect width="190" height="480" fill="#1d2b3a"/>${cuts}`,
    ),
  },
  'screen print': {
    colours: ['#f3e3c3', '#e2492f', '#1f5f6b', '#12343b'],
    picture:
      drawn(`<rect width="600" height="480" fill="#f3e3c3"/><circle cx="420" cy="140" r="90" fill="#e2492f"/>
      <path d="M0 300Q150 220 300 310T600 280V480H0Z" fill="#1f5f6b"/><path d="M0 390Q160 320 330 400T600 370V480H0Z" fill="#12343b"/>`),
  },
} as const;

/** The share of pixels that have one of the colours, as nearly as ink has. */
function shareIn({ r, g, b }: Picture, colours: readonly string[]): number {
  const wanted = colours.map((hex) =>
    [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  let share = 0;
  for (let i = 0; i < r.length; i++)
    if (
      wanted.some(
        ([red = 0, green = 0, blue = 0]) =>
          Math.hypot((r[i] as number) - red, (g[i] as number) - green, (b[i] as number) - blue) < 0.12,
      )
    )
      share += 1 / r.length;
  return share;
}

/** How far light goes with light in the middle of her face, before and after: Pearson's correlation. */
async function likeness(made: Picture): Promise<number> {
  const [face] = await findFaces(nodeModels, portrait);
  if (!face) throw new Error('no face was found');
  const side = {
    x: Math.round(face.width * 0.35 * made.width),
    y: Math.round(face.height * 0.35 * made.height),
  };
  const inFace = ({ width, height, r, g, b }: Picture) => {
    const [cx, cy] = [Math.round(face.x * width), Math.round(face.y * height)];
    const light: number[] = [];
    for (let y = cy - side.y; y < cy + side.y; y++)
      for (let x = cx - side.x; x < cx + side.x; x++) {
        const i = y * width + x;
        light.push(0.2126 * (r[i] as number) + 0.7152 * (g[i] as number) + 0.0722 * (b[i] as number));
      }
    const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
    const from = light.map((value) => value - mean);
    return { from, size: Math.sqrt(from.reduce((sum, value) => sum + value * value, 0)) };
  };
  const [one, two] = [inFace(portrait), inFace(made)];
  return one.from.reduce((sum, value, i) => sum + value * (two.from[i] as number), 0) / (one.size * two.size);
}

describe.each(Object.entries(prints))('a %s', (_, { colours, picture }) => {
  it('is printed in its own inks, and the face is still one', async () => {
    const made = await wearLook(
      portrait,
      await decodePhoto(await picture, 480),
      { kind: 'painting' },
      nodeModels,
    );
    expect(shareIn(made, colours)).toBeGreaterThan(0.85);
    expect(await likeness(made)).toBeGreaterThan(0.55);
  });
});

describe('a woodcut that is mostly ink', () => {
  it('leaves a face in the shade of a bright photo its paper', async () => {
    const shade = Buffer.from(
      `<svg width="512" height="512"><rect width="512" height="512" fill="#fff"/><ellipse cx="222" cy="120" rx="90" ry="110" fill="#5a5a5a"/></svg>`,
    );
    const shaded = await sharp(collins)
      .composite([{ input: shade, blend: 'multiply' }])
      .png()
      .toBuffer();
    const reference = await drawn(
      `<rect width="600" height="480" fill="#1d2b3a"/>${cuts.replaceAll('#1d2b3a', '#f0e6d2')}`,
    );
    const made = await wearLook(
      await decodePhoto(shaded, 320),
      await decodePhoto(reference, 480),
      { kind: 'painting' },
      nodeModels,
    );
    const [face] = await findFaces(nodeModels, portrait);
    if (!face) throw new Error('no face was found');
    const paper: number[] = [];
    for (let y = -20; y < 20; y++)
      for (let x = -16; x < 16; x++) {
        const at =
          Math.round((face.y + (face.height * y) / 60) * made.height) * made.width +
          Math.round((face.x + (face.width * x) / 60) * made.width);
        paper.push((made.g[at] as number) > 0.5 ? 1 : 0);
      }
    expect(paper.reduce((sum, one) => sum + one, 0) / paper.length).toBeGreaterThan(0.5);
  });
});

describe('a painting louder than any brush', () => {
  it('leaves the face one', async () => {
    const combs = Array.from(
      { length: 40 },
      (_, k) =>
        `<path d="M0 ${k * 14}${'q15 -26 30 0t30 0'.repeat(10)}" fill="none" stroke-width="7" stroke="${['#10495e', '#e8dcc0', '#b8862f', '#7c1f24', '#2f8f83'][k % 5]}"/>`,
    ).join('');
    const reference = await decodePhoto(
      await drawn(`<rect width="600" height="480" fill="#f4efe2"/>${combs}`),
      480,
    );
    const made = await wearLook(portrait, reference, { kind: 'painting' }, nodeModels);
    expect(await likeness(made)).toBeGreaterThan(0.92);
  });
});
