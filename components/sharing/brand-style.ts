import type { CSSProperties } from 'react';
import { contrastOf, leastContrast, mix, readableOn } from '#lib/core/colour/contrast.ts';
import { palette } from '../../tailwind.config.ts';

function inTheme(colour: string, theme: (typeof palette)['light' | 'dark'], towards: string) {
  const { background, surface, sunken, ink } = theme;
  const primary = readableOn(colour, [background, surface, sunken], towards);
  return {
    primary,
    hover: mix(primary, ink, 0.2),
    on: contrastOf('#ffffff', primary) >= leastContrast ? '#ffffff' : palette.light.ink,
    soft: mix(surface, primary, 0.08),
  };
}

/**
 * A shop's colour in place of the site's, for an element with the class `branded`: in either theme as much darker or lighter as
 * it takes to be read as text (WCAG 2.2, 4.5 to 1), whatever colour was chosen. Nothing for a shop without one.
 */
export function brandStyle(colour: string | null): CSSProperties | undefined {
  if (colour === null) return undefined;
  const light = inTheme(colour, palette.light, '#000000');
  const dark = inTheme(colour, palette.dark, '#ffffff');
  return {
    '--brand': light.primary,
    '--brand-hover': light.hover,
    '--on-brand': light.on,
    '--brand-soft': light.soft,
    '--brand-dark': dark.primary,
    '--brand-dark-hover': dark.hover,
    '--on-brand-dark': dark.on,
    '--brand-dark-soft': dark.soft,
  } as CSSProperties;
}
