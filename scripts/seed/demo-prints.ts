import { height, numbers, paint, width } from './draw.ts';

/** Pictures of the demo's printmaker and photographer: prints and a painting to be painted like, and places to stand in. */
export const demoPrints = {
  garden: () => paint(garden()),
  cypress: () => paint(cypress()),
  field: () => paint(field()),
  plaster: () => paint(plaster()),
  arcade: () => paint(arcade()),
  dusk: () => paint(dusk()),
} as const satisfies Record<string, () => Promise<Buffer>>;

/** A cypress that stands at a place, so high and, at its widest, so much of that wide to either side. */
const tree = (x: number, y: number, tall: number, fill: string, wide = 0.15) =>
  `<path d="M${x} ${y - tall}C${x + tall * wide} ${y - tall * 0.55} ${x + tall * wide} ${y - tall * 0.12} ${x} ${y}C${x - tall * wide} ${y - tall * 0.12} ${x - tall * wide} ${y - tall * 0.55} ${x} ${y - tall}Z" fill="${fill}"/>`;

/** A screen print in five flat inks: hills, a sun, cypresses and the water between them. */
function garden(): string {
  const [paper, red, teal, night, ochre] = ['#F3E3C3', '#D9482F', '#1F6F78', '#12343B', '#D9A441'];
  return `<rect width="${width}" height="${height}" fill="${paper}"/><circle cx="820" cy="270" r="170" fill="${red}"/>
    <path d="M0 470C180 330 330 360 520 450S900 340 1200 430V900H0Z" fill="${ochre}"/>
    <path d="M0 560C240 450 420 520 640 560S1000 500 1200 560V900H0Z" fill="${teal}"/>
    <path d="M430 900L560 600H660L790 900Z" fill="${paper}"/><path d="M470 900L575 640H645L750 900Z" fill="${night}"/>
    ${[90, 230, 350].map((x, k) => tree(x, 700 + 70 * k, 330 + 50 * k, night)).join('')}
    ${[880, 1000, 1120].map((x, k) => tree(x, 840 - 70 * k, 430 - 50 * k, night)).join('')}
    <path d="M120 160h260M170 200h290M90 240h220" stroke="${teal}" stroke-width="15"/>`;
}

/** A woodcut in one ink: what is dark stands, lights are cut along the forms. */
function cypress(): string {
  const next = numbers(41);
  const [paper, ink] = ['#F0E6D2', '#1D2B3A'];
  const cut = (x: number, y: number, long: number, angle: number, wide: number, of = paper) => {
    const [dx, dy] = [(Math.cos(angle) * long) / 2, (Math.sin(angle) * long) / 2];
    return `<path d="M${x - dx} ${y - dy}Q${x + dy * 0.2} ${y - dx * 0.2 - wide} ${x + dx} ${y + dy}Q${x + dy * 0.2} ${y - dx * 0.2 + wide} ${x - dx} ${y - dy}Z" fill="${of}"/>`;
  };
  const ridge = (x: number) =>
    470 - 190 * Math.exp(-(((x - 380) / 210) ** 2)) - 260 * Math.exp(-(((x - 840) / 240) ** 2));
  let shapes = `<rect width="${width}" height="${height}" fill="${paper}"/>`;
  // The sky: fewer lines the higher.
  for (let k = 0; k < 420; k += 1) {
    const y = 40 + 520 * Math.sqrt(next());
    shapes += cut(next() * width, y, 60 + next() * 90, 0.04 * Math.sin(y / 40), 2.6, ink);
  }
  const line = Array.from({ length: 61 }, (_, k) => `${k * 20} ${ridge(k * 20)}`).join('L');
  shapes += `<path d="M${line}L1200 900L0 900Z" fill="${ink}"/><circle cx="600" cy="150" r="62" fill="${paper}"/>`;
  // Slopes in the light, then the field.
  for (let k = 0; k < 900; k += 1) {
    const x = next() * width;
    const lit = ridge(x + 14) - ridge(x - 14) > 0 ? 1 : 0.25;
    const y = ridge(x) + 14 + next() * 240 * lit;
    shapes += cut(x, y, 26 + next() * 40, 1.05 - 0.3 * next(), 4.2);
  }
  for (let k = 0; k < 620; k += 1) {
    const y = 640 + 250 * next();
    shapes += cut(next() * width, y, 50 + next() * 90, 0.1 * Math.sin(y / 23) + 0.05, 2.6 + (y - 640) / 80);
  }
  for (const [x, y, tall] of [
    [170, 850, 430],
    [1010, 870, 520],
  ] as const) {
    shapes += tree(x, y, tall, ink, 0.11);
    for (let k = 0; k < 60; k += 1) {
      const up = next();
      shapes += cut(
        x + tall * 0.06 * next() * (1 - up),
        y - tall * (0.08 + 0.84 * up),
        24 + 30 * next(),
        1.35,
        3.4,
      );
    }
  }
  return shapes;
}

/** Oil, thick: a field under a turning sky, stroke by stroke. */
function field(): string {
  const next = numbers(67);
  const skies = ['#1F4E79', '#2E6F9E', '#4D93B8', '#8FBBC4', '#E7D8A0', '#16384A'];
  const fields = ['#D9A441', '#E9C46A', '#B9782F', '#8C8B3A', '#5B6B2F', '#C75B39'];
  let shapes = `<rect width="${width}" height="520" fill="#2E6F9E"/><rect y="500" width="${width}" height="400" fill="#B9782F"/>`;
  for (let k = 0; k < 5200; k += 1) {
    const [x, y] = [next() * (width + 40) - 20, next() * (height + 40) - 20];
    const isSky = y < 510 + 24 * Math.sin(x / 130);
    const [dx, dy] = [x - 760, y - 210];
    const near = Math.exp(-(dx * dx + dy * dy) / 60_000);
    const angle = isSky
      ? near * (Math.atan2(dy, dx) + Math.PI / 2) + (1 - near) * 0.35 * Math.sin(x / 150 + y / 90)
      : -1.25 + 0.5 * Math.sin(x / 120) + 0.25 * next();
    const band = isSky ? Math.hypot(dx, dy) / 62 + 0.8 * next() : (y - 500) / 70 + 1.6 * next();
    const colours = isSky ? skies : fields;
    const colour = near > 0.75 ? '#F2D27A' : colours[Math.floor(band) % colours.length];
    const long = isSky ? 42 : 34 + (y - 500) / 12;
    const [ex, ey] = [(Math.cos(angle) * long) / 2, (Math.sin(angle) * long) / 2];
    const wide = isSky ? 9 : 7 + (y - 500) / 60;
    const stroke = `fill="none" stroke-linecap="round"`;
    // A ridge of paint: its shadow below, its light above.
    shapes += `<path d="M${x - ex} ${y - ey + 2}l${2 * ex} ${2 * ey}" stroke="#000" stroke-opacity="0.22" stroke-width="${wide}" ${stroke}/>
      <path d="M${x - ex} ${y - ey}l${2 * ex} ${2 * ey}" stroke="${colour}" stroke-width="${wide}" ${stroke}/>
      <path d="M${x - ex} ${y - ey - wide * 0.22}l${2 * ex} ${2 * ey}" stroke="#fff" stroke-opacity="0.2" stroke-width="${wide * 0.25}" ${stroke}/>`;
  }
  return shapes;
}

const soft = (id: string, blur: number) =>
  `<filter id="${id}" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="${blur}"/></filter>`;

/** A plastered wall, and the sun through a window on it. */
function plaster(): string {
  const next = numbers(83);
  const patches = Array.from(
    { length: 90 },
    () =>
      `<ellipse cx="${next() * width}" cy="${next() * height}" rx="${60 + next() * 160}" ry="${30 + next() * 90}" fill="${next() > 0.5 ? '#fff6e6' : '#8d7358'}" opacity="0.07"/>`,
  ).join('');
  const panes = [0, 1, 2, 3]
    .map(
      (k) =>
        `<path d="M${300 + 150 * (k % 2)} ${150 + 210 * Math.floor(k / 2)}l128 34v180l-128 -34z" fill="#fff1cf" opacity="0.8"/>`,
    )
    .join('');
  return `<defs><linearGradient id="w" x2="1" y2="1"><stop stop-color="#d8c4a6"/><stop offset="1" stop-color="#a58a6c"/></linearGradient>${soft('a', 26)}${soft('b', 6)}</defs>
    <rect width="${width}" height="${height}" fill="url(#w)"/><g filter="url(#a)">${patches}</g><g filter="url(#b)">${panes}</g>
    <rect y="800" width="${width}" height="100" fill="#6d5742"/><rect y="794" width="${width}" height="10" fill="#bfa98c"/>`;
}

/** An arcade that leads away into the light. */
function arcade(): string {
  let arches = '';
  for (let k = 0; k < 5; k += 1) {
    const [w, x, y] = [1120 * 0.72 ** k, 600, 900];
    const foot = 880 - 70 * k;
    const h = w * 0.78;
    const shade = ['#22505c', '#33707a', '#5b939a', '#93b8b6', '#cfdccb'][k];
    arches += `<path fill-rule="evenodd" fill="${shade}" d="M${x - w} ${y}V${foot - 2 * h}H${x + w}V${y}Z M${x - w / 2} ${y}V${foot - h * 0.55}C${x - w / 2} ${foot - h * 0.85} ${x - w * 0.2} ${foot - h * 0.95} ${x} ${foot - h * 1.1}C${x + w * 0.2} ${foot - h * 0.95} ${x + w / 2} ${foot - h * 0.85} ${x + w / 2} ${foot - h * 0.55}V${y}Z"/>`;
  }
  const inOrder = arches
    .split('<path')
    .slice(1)
    .reverse()
    .map((one) => `<path${one}`)
    .join('');
  return `<defs>${soft('a', 5)}<radialGradient id="s" cy="0.62"><stop stop-color="#fffaf0"/><stop offset="1" stop-color="#f0d9a8"/></radialGradient>
    <linearGradient id="f" x2="0" y2="1"><stop stop-color="#e6dfc4"/><stop offset="1" stop-color="#5f6f68"/></linearGradient></defs>
    <rect width="${width}" height="${height}" fill="#22505c"/><g filter="url(#a)"><rect width="${width}" height="${height}" fill="url(#s)"/>${inOrder}<path d="M0 900L450 600H750L1200 900Z" fill="url(#f)"/></g>`;
}

/** A garden in the evening, its lamps out of focus. */
function dusk(): string {
  const next = numbers(97);
  const leaves = Array.from(
    { length: 140 },
    () =>
      `<circle cx="${next() * width}" cy="${200 + next() * 700}" r="${30 + next() * 70}" fill="${['#1d3a34', '#274f45', '#16302c', '#35604c'][Math.floor(next() * 4)]}" opacity="0.7"/>`,
  ).join('');
  const lamps = Array.from({ length: 46 }, () => {
    const r = 10 + next() * 26;
    return `<circle cx="${next() * width}" cy="${120 + next() * 560}" r="${r}" fill="${next() > 0.3 ? '#f6c667' : '#e8875a'}" opacity="${0.25 + next() * 0.45}"/>`;
  }).join('');
  return `<defs><linearGradient id="e" x2="0" y2="1"><stop stop-color="#23395b"/><stop offset="0.45" stop-color="#7a6a86"/><stop offset="0.62" stop-color="#c98a6b"/><stop offset="1" stop-color="#1b2b28"/></linearGradient>${soft('a', 24)}${soft('b', 3)}</defs>
    <rect width="${width}" height="${height}" fill="url(#e)"/><g filter="url(#a)">${leaves}</g><g filter="url(#b)">${lamps}</g>`;
}
