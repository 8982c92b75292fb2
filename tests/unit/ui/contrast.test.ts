import { describe, expect, test } from 'vitest';
import { palette } from '../../../tailwind.config.ts';

type Name = keyof typeof palette.light;

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const grounds: Name[] = ['background', 'surface', 'raised', 'sunken'];

/** Text and the grounds it stands on. */
const texts: [Name, Name[]][] = [
  ['ink', grounds],
  ['muted', grounds],
  ['primary', [...grounds, 'primary-soft']],
  ['lapis', [...grounds, 'lapis-soft']],
  ['success', ['background', 'surface', 'raised', 'success-soft']],
  ['warning', ['background', 'surface', 'raised', 'warning-soft']],
  ['danger', ['background', 'surface', 'raised', 'danger-soft']],
  ['ink', ['lapis-soft', 'success-soft', 'warning-soft', 'danger-soft', 'primary-soft']],
  ['on-primary', ['primary', 'primary-hover']],
  ['on-danger', ['danger', 'danger-hover']],
  ['on-saffron', ['saffron']],
  ['background', ['ink']],
];

describe.each(['light', 'dark'] as const)('the %s palette', (theme) => {
  const colours = palette[theme];
  const pairs = texts.flatMap(([text, on]) => on.map((ground) => [text, ground] as const));

  test.each(pairs)('%s can be read on %s (4.5 to 1)', (text, ground) => {
    expect(contrast(colours[text], colours[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(grounds)('the border of a field can be seen on %s (3 to 1)', (ground) => {
    expect(contrast(colours.field, colours[ground])).toBeGreaterThanOrEqual(3);
  });
});

test('both themes name the same colours', () => {
  expect(Object.keys(palette.dark)).toEqual(Object.keys(palette.light));
});
