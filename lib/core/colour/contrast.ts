/** Colours as `#rrggbb`, compared as WCAG 2.2 does (relative luminance, contrast ratio). */

type Rgb = readonly [number, number, number];

/** What is read needs this much (WCAG 2.2, 1.4.3). */
export const leastContrast = 4.5;

const partsOf = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as never;

const hexOf = (rgb: readonly number[]) =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function luminance(hex: string): number {
  const [red, green, blue] = partsOf(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white). */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** A share of `other` in `one`, 0 to 1. */
export function mix(one: string, other: string, share: number): string {
  const [from, to] = [partsOf(one), partsOf(other)];
  return hexOf(from.map((part, at) => part + ((to[at] ?? 0) - part) * share));
}

/** The colour itself where it can be read on all of these grounds, else as little of `towards` in it as makes it so. */
export function readableOn(colour: string, grounds: readonly string[], towards: string): string {
  for (let share = 0; share < 1; share += 0.04) {
    const tried = mix(colour, towards, share);
    if (grounds.every((ground) => contrastOf(tried, ground) >= leastContrast)) return tried;
  }
  return towards;
}
