import { height, numbers, paint, width } from './draw.ts';

/** Pictures of the demo gallery: textures drawn by us, so that nobody's work and nobody's face is shown. */
export const demoPatterns = {
  tiles: () => paint(tiles()),
  stripes: () => paint(stripes()),
  ikat: () => paint(ikat()),
  carpet: () => paint(carpet()),
  marble: () => paint(marble()),
  zigzag: () => paint(zigzag()),
  bricks: () => paint(bricks()),
  lattice: () => paint(lattice()),
} as const satisfies Record<string, () => Promise<Buffer>>;

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

/** Paper as it comes from the marbler's bath: bands of colour that a comb has drawn through, up and down. */
function marble(): string {
  const next = numbers(31);
  const inks = ['#16384A', '#F3EBDD', '#0B7A75', '#E9A820', '#F3EBDD', '#B3402E', '#0F8F89'];
  const half = 30;
  let shapes = `<rect width="${width}" height="${height}" fill="#F3EBDD"/>`;
  let y = -90;
  for (let band = 0; y < height + 20; band += 1) {
    let line = `M${-half} ${y.toFixed(1)}`;
    for (let x = -half, tooth = 0; x < width + half; x += half, tooth += 1) {
      const pull = tooth % 2 ? 70 + next() * 14 : -6 - next() * 8;
      line += ` C${x + half * 0.55} ${y.toFixed(1)} ${x + half * 0.5} ${(y + pull).toFixed(1)} ${x + half} ${(y + pull * 0.6).toFixed(1)}`;
    }
    shapes += `<path d="${line} V${height} H${-half} Z" fill="${inks[band % inks.length]}"/>`;
    y += 7 + next() * 17;
  }
  return shapes;
}

/** A flat-woven jajim: toothed bands of wool. */
function zigzag(): string {
  const next = numbers(43);
  const wools = ['#7A1F2B', '#E9A820', '#16384A', '#F3EBDD', '#B3402E', '#0B7A75'];
  const [tooth, band] = [60, 50];
  let shapes = `<rect width="${width}" height="${height}" fill="#7A1F2B"/>`;
  for (let y = -band; y < height + band; y += band) {
    let points = '';
    for (let x = -tooth; x <= width + tooth; x += tooth / 2)
      points += `${x},${y + (Math.round(x / (tooth / 2)) % 2 ? 0 : band * 0.8)} `;
    shapes += `<polyline points="${points}" fill="none" stroke="${wools[Math.floor(next() * wools.length)]}" stroke-width="30"/>`;
  }
  for (let y = 0; y < height; y += 5)
    shapes += `<rect y="${y}" width="${width}" height="1.5" fill="#000" opacity="0.16"/>`;
  return shapes;
}

/** Glazed and plain bricks laid as in an old portal. */
function bricks(): string {
  const next = numbers(59);
  const clays = ['#C08A5A', '#B57E4E', '#C99767', '#A97043'];
  const [long, tall] = [120, 40];
  let shapes = `<rect width="${width}" height="${height}" fill="#E4D3B8"/>`;
  for (let row = 0; row * tall < height; row += 1) {
    for (let place = -1; place * long < width; place += 1) {
      const x = place * long + (row % 2) * (long / 2);
      const isGlazed = (row + 2 * place) % 6 === 0 || (row - 2 * place + 60) % 6 === 0;
      const fill = isGlazed
        ? next() < 0.5
          ? '#0F8F89'
          : '#21409A'
        : clays[Math.floor(next() * clays.length)];
      shapes += `<rect x="${x + 3}" y="${row * tall + 3}" width="${long - 6}" height="${tall - 6}" rx="3" fill="${fill}"/>`;
    }
  }
  return shapes;
}

/** A window of coloured glass behind a wooden lattice. */
function lattice(): string {
  const next = numbers(71);
  const glass = ['#B3402E', '#E9A820', '#0F8F89', '#2A4FB5', '#7A1F2B', '#3E8E5A'];
  const size = 100;
  let shapes = `<rect width="${width}" height="${height}" fill="#4A2E1B"/>`;
  for (let y = 0; y <= height; y += size) {
    for (let x = 0; x <= width; x += size) {
      const colour = () => glass[Math.floor(next() * glass.length)];
      shapes += `<polygon points="${star(x, y, 46, 33)}" fill="${colour()}"/>`;
      const [cx, cy] = [x + size / 2, y + size / 2];
      shapes += `<polygon points="${cx},${cy - 24} ${cx + 24},${cy} ${cx},${cy + 24} ${cx - 24},${cy}" fill="${colour()}"/>`;
    }
  }
  return shapes;
}
