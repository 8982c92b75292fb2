import { height, numbers, paint, width } from './draw.ts';

/** Shade cards of the demo's salon, drawn by us: locks of hair on a card, and make-up as it is tried on paper. */
export const demoCards = {
  brownHair: () => paint(locks(['#E0BE8C', '#B98B56', '#8A5A34', '#5B3822', '#2E1D16'], 101)),
  warmHair: () => paint(locks(['#D98A4E', '#B8582C', '#8E3520', '#6B1F2A', '#431722'], 113)),
  coolHair: () => paint(locks(['#D9D2C4', '#A9A39B', '#75706E', '#43424A', '#23242C'], 127)),
  lipsticks: () => paint(smears(['#E08A86', '#C9545B', '#B3232F', '#8C1D3A', '#5C1A2E', '#A5583F'], 131)),
  shadows: () => paint(pans(['#E8C9A8', '#C58F6B', '#8A5A44', '#B07C8C', '#6C4A6E', '#2F5A5C'], 137)),
  blushes: () => paint(pans(['#F0B29B', '#E58C83', '#C9646A', '#B5643C', '#D98CA0', '#9C4A52'], 149)),
} as const satisfies Record<string, () => Promise<Buffer>>;

const paper = `<defs><linearGradient id="paper" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#FAF6EE"/><stop offset="1" stop-color="#F1EADD"/></linearGradient><filter id="shade" x="-20%" y="-20%" width="140%" height="150%"><feGaussianBlur stdDeviation="12"/></filter></defs><rect width="${width}" height="${height}" fill="url(#paper)"/>`;

/** A colour, lighter (up to 1) or darker (down to -1). */
function toned(hex: string, by: number): string {
  const towards = by > 0 ? 255 : 0;
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16);
    return Math.round(value + (towards - value) * Math.abs(by))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** Locks of hair bound at the top, each of its own shade: strands over strands, with the light across their middle. */
function locks(shades: readonly string[], seed: number): string {
  const next = numbers(seed);
  const step = width / shades.length;
  let shapes = paper;
  for (const [at, shade] of shades.entries()) {
    const middle = step * (at + 0.5);
    const strand = (from: number, sway: number, low: number, tip: number) => {
      const x = middle + from * 74;
      const end = middle + from * 62 * tip + sway * 10;
      return `M${(middle + from * 46).toFixed(1)} 96 C${(x - 26 + sway * 8).toFixed(1)} 300 ${(x + 34 + sway * 8).toFixed(1)} 520 ${end.toFixed(1)} ${low.toFixed(0)}`;
    };
    const body = (dx: number, dy: number) =>
      `<path transform="translate(${dx} ${dy})" d="${strand(-1, 0, 770, 1)} Q${middle} 850 ${(middle + 62).toFixed(1)} 770 C${middle + 108} 520 ${middle + 48} 300 ${middle + 46} 96 Z"`;
    shapes += `${body(10, 14)} fill="#3A2C20" opacity="0.28" filter="url(#shade)"/>${body(0, 0)} fill="${shade}"/>`;
    for (let i = 0; i < 260; i += 1) {
      const from = next() * 2 - 1;
      const light = (next() - 0.5) * 0.26 - Math.abs(from) * 0.06;
      shapes += `<path d="${strand(from, next() * 2 - 1, 730 + next() * 90 - from * from * 40, 0.9 + next() * 0.2)}" fill="none" stroke="${toned(shade, light)}" stroke-width="${(1.2 + next() * 2.2).toFixed(1)}" opacity="0.8" stroke-linecap="round"/>`;
    }
    // Where the light falls, strands shine one beside the other.
    for (let i = 0; i < 46; i += 1) {
      const x = middle + (next() * 2 - 1) * 60;
      const y = 300 + next() * 70;
      shapes += `<path d="M${x.toFixed(1)} ${y.toFixed(1)} q4 30 7 ${(50 + next() * 50).toFixed(0)}" fill="none" stroke="${toned(shade, 0.34)}" stroke-width="2" opacity="0.4"/>`;
    }
    shapes += `<rect x="${middle - 58}" y="72" width="116" height="44" rx="10" fill="#0B7A75"/><rect x="${middle - 58}" y="72" width="116" height="14" rx="7" fill="#FFFFFF" opacity="0.18"/>`;
  }
  return shapes;
}

/** Lipstick drawn across paper in one stroke each, thin at its end, with the gloss of wax. */
function smears(shades: readonly string[], seed: number): string {
  const next = numbers(seed);
  const row = height / shades.length;
  let shapes = paper;
  for (const [at, shade] of shades.entries()) {
    const y = row * at + 24;
    const tall = row - 48;
    const [left, right] = [110 + next() * 40, width - 130 - next() * 120];
    const edge = (x: number) => `${x.toFixed(0)} ${(y + next() * 7).toFixed(1)}`;
    const low = (x: number) => `${x.toFixed(0)} ${(y + tall - next() * 7).toFixed(1)}`;
    const columns = Array.from({ length: 9 }, (_, k) => left + ((right - left) * k) / 8);
    const outline = `M${columns.map(edge).join(' L')} Q${right + 70} ${y + tall * 0.3} ${right + 20 + next() * 60} ${y + tall * 0.6} L${[...columns].reverse().map(low).join(' L')} Q${left - 46} ${y + tall / 2} ${left} ${y} Z`;
    shapes += `<path d="${outline}" fill="${shade}" stroke="${shade}" stroke-width="10" stroke-linejoin="round"/>`;
    for (let i = 0; i < 16; i += 1) {
      const line = y + 6 + next() * (tall - 12);
      shapes += `<path d="M${(left + next() * 80).toFixed(0)} ${line.toFixed(1)} H${(right - next() * 90).toFixed(0)}" stroke="${toned(shade, (next() - 0.5) * 0.22)}" stroke-width="${(1.5 + next() * 3).toFixed(1)}" opacity="0.6" stroke-linecap="round"/>`;
    }
    shapes += `<path d="M${left + 24} ${y + tall * 0.24} H${right - 60}" stroke="#FFFFFF" stroke-width="5" opacity="0.22" stroke-linecap="round"/>`;
  }
  return shapes;
}

/** Pressed powder in round pans, with what was taken of it on paper beside the pan. */
function pans(shades: readonly string[], seed: number): string {
  const next = numbers(seed);
  const [across, down] = [width / 3, height / 2];
  let shapes = paper;
  for (const [at, shade] of shades.entries()) {
    const [x, y] = [across * ((at % 3) + 0.5), down * (Math.floor(at / 3) + 0.5)];
    shapes += `<circle cx="${x + 10}" cy="${y + 14}" r="172" fill="#3A2C20" opacity="0.26" filter="url(#shade)"/><circle cx="${x}" cy="${y}" r="170" fill="#D8CFC0"/><circle cx="${x}" cy="${y}" r="154" fill="${shade}"/>`;
    // Pressed with a pattern that light catches.
    for (let ring = 40; ring < 150; ring += 36)
      shapes += `<circle cx="${x}" cy="${y}" r="${ring}" fill="none" stroke="${toned(shade, 0.14)}" stroke-width="3" opacity="0.7"/><circle cx="${x}" cy="${y + 3}" r="${ring}" fill="none" stroke="${toned(shade, -0.18)}" stroke-width="2" opacity="0.6"/>`;
    for (let i = 0; i < 26; i += 1)
      shapes += `<circle cx="${(x + (next() * 2 - 1) * 105).toFixed(1)}" cy="${(y + (next() * 2 - 1) * 105).toFixed(1)}" r="${(1 + next() * 1.6).toFixed(1)}" fill="${toned(shade, next() > 0.5 ? 0.2 : -0.2)}" opacity="0.5"/>`;
  }
  return shapes;
}
