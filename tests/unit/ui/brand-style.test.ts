import { expect, test } from 'vitest';
import { brandStyle } from '#components/sharing/brand-style.ts';
import { contrastOf, leastContrast } from '#lib/core/colour/contrast.ts';
import { palette } from '../../../tailwind.config.ts';

const parts = ['00', '33', '80', 'cc', 'ff'];
const colours = parts.flatMap((r) => parts.flatMap((g) => parts.map((b) => `#${r}${g}${b}`)));

test('contrast is what WCAG says it is', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
});

test.each(colours)('%s is read in both themes, and is read upon', (colour) => {
  const style = brandStyle(colour) as Record<string, string>;
  const of = (name: string) => style[name] ?? '';
  for (const [theme, primary, on] of [
    [palette.light, '--brand', '--on-brand'],
    [palette.dark, '--brand-dark', '--on-brand-dark'],
  ] as const) {
    for (const ground of [theme.background, theme.surface, theme.sunken]) {
      expect(contrastOf(of(primary), ground)).toBeGreaterThanOrEqual(leastContrast);
    }
    expect(contrastOf(of(on), of(primary))).toBeGreaterThanOrEqual(leastContrast);
  }
  // What can be read already stays what it is.
  if (contrastOf(colour, palette.light.sunken) >= leastContrast) expect(of('--brand')).toBe(colour);
});
