import sharp from 'sharp';

/** The size of every picture of the demo, in pixels. */
export const width = 1200;
export const height = 900;

/** A repeatable stream of numbers in [0, 1): the demo looks the same everywhere. (Lehmer generator, 48271 mod 2^31 - 1.) */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Shapes in SVG as a photo of them, in JPEG. */
export async function paint(shapes: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`;
  // A little noise: a picture of cloth or glaze has a grain, a drawing on a screen has none.
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .png()
    .toBuffer();
  return sharp(Buffer.from(svg))
    .flatten()
    .composite([{ input: noise, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer();
}
