import sharp from 'sharp';

/** Pictures of the demo gallery: textures drawn by us, so that nobody's work and nobody's face is shown. */
export const demoPatterns: readonly { fileName: string; draw: () => Promise<Buffer> }[] = [
  { fileName: 'tiles.jpg', draw: () => paint(tiles()) },
  { fileName: 'stripes.jpg', draw: () => paint(stripes()) },
  { fileName: 'ikat.jpg', draw: () => paint(ikat()) },
  { fileName: 'carpet.jpg', draw: () => paint(carpet()) },
];

const width = 1200;
const height = 900;

/** A repeatable stream of numbers in [0, 1): the demo looks the same everywhere. (Lehmer generator, 48271 mod 2^31 - 1.) */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

async function paint(shapes: string): Promise<Buffer> {
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

function star(cx: number, cy: number, outer: number, inner: number): string {
  const points = Array.from({ length: 16 }, (_, i) => {
    const radius = i % 2 ? inner : outer;
    const angle = (i * Math.PI) / 8;
    return `${(cx + radius * Math.cos(angle)).toFixed(1)},${(cy + radius * Math.sin(angle)).toFixed(1)}`;
  });
  return points.join(' ');
}

function tiles(): string {
  const next = numbers(7);
  const glazes = ['#0B7A75', '#0F8F89', '#21409A', '#2A4FB5'];
  const size = 150;
  let shapes = `<rect width="${width}" height="${height}" fill="#0A4F5C"/>`;
  for (let y = 0; y < height; y += size) {
    for (let x = 0; x < width; x += size) {
      const [cx, cy] = [x + size / 2, y + size / 2];
      shapes += `<rect x="${x + 2}" y="${y + 2}" width="${size - 4}" height="${size - 4}" fill="${glazes[Math.floor(next() * glazes.length)]}"/>`;
      shapes += `<polygon points="${star(cx, cy, 66, 48)}" fill="#F3EBDD"/><polygon points="${star(cx, cy, 48, 34)}" fill="#E9A820"/>`;
      shapes += `<polygon points="${star(cx, cy, 30, 18)}" fill="#21409A"/>`;
    }
  }
  return shapes;
}

function stripes(): string {
  const next = numbers(11);
  const threads = ['#7A1F2B', '#B3402E', '#E9A820', '#F3EBDD', '#16384A', '#0B7A75'];
  let shapes = '';
  for (let x = 0; x < width; ) {
    const wide = 8 + next() * 46;
    shapes += `<rect x="${x}" width="${wide + 1}" height="${height}" fill="${threads[Math.floor(next() * threads.length)]}"/>`;
    x += wide;
  }
  for (let y = 0; y < height; y += 6)
    shapes += `<rect y="${y}" width="${width}" height="2" fill="#000" opacity="0.14"/>`;
  return shapes;
}

function ikat(): string {
  const next = numbers(23);
  const dyes = ['#16384A', '#B3402E', '#E9A820', '#F3EBDD'];
  const row = 10;
  let shapes = `<rect width="${width}" height="${height}" fill="#7A1F2B"/>`;
  for (let y = 0; y < height; y += row) {
    for (let column = 0; column < 5; column += 1) {
      const middle = column * 300;
      const phase = Math.abs((((y / height) * 3) % 1) - 0.5) * 2;
      for (const [i, dye] of dyes.entries()) {
        const half = Math.max(0, 150 * phase - i * 34) + (next() - 0.5) * 16;
        if (half > 2)
          shapes += `<rect x="${(middle - half).toFixed(1)}" y="${y}" width="${(half * 2).toFixed(1)}" height="${row}" fill="${dye}"/>`;
      }
    }
  }
  return shapes;
}

function carpet(): string {
  const frames = ['#16384A', '#B3402E', '#F3EBDD', '#7A1F2B', '#0B7A75', '#7A1F2B'];
  let shapes = '';
  for (const [i, colour] of frames.entries()) {
    const inset = i * 34;
    shapes += `<rect x="${inset}" y="${inset}" width="${width - inset * 2}" height="${height - inset * 2}" fill="${colour}"/>`;
  }
  for (let x = 60; x < width - 40; x += 48) {
    for (const y of [52, height - 52]) shapes += `<polygon points="${star(x, y, 15, 8)}" fill="#E9A820"/>`;
  }
  for (const [outer, inner, colour] of [
    [270, 190, '#E9A820'],
    [235, 160, '#16384A'],
    [180, 118, '#F3EBDD'],
    [120, 76, '#B3402E'],
    [60, 34, '#E9A820'],
  ] as const) {
    shapes += `<polygon points="${star(width / 2, height / 2, outer, inner)}" fill="${colour}"/>`;
  }
  return shapes;
}
