import type { KeyboardEvent } from 'react';

/**
 * The value that a key gives a slider, between its ends; null for a key that says nothing to one. To be asked of every
 * `<input type=range>`: browsers do not agree on what an arrow means where one reads from right to left. More lies where
 * reading goes. `step` and `leap` (page keys) are in the slider's own unit.
 */
export function movedByKey(
  { key, currentTarget }: Pick<KeyboardEvent<HTMLInputElement>, 'key' | 'currentTarget'>,
  step: number,
  leap: number,
): number | null {
  const [now, least, most] = [currentTarget.value, currentTarget.min, currentTarget.max].map(Number) as [
    number,
    number,
    number,
  ];
  const forward = getComputedStyle(currentTarget).direction === 'rtl' ? -step : step;
  const to: Readonly<Record<string, number>> = {
    ArrowRight: now + forward,
    ArrowLeft: now - forward,
    ArrowUp: now + step,
    ArrowDown: now - step,
    PageUp: now + leap,
    PageDown: now - leap,
    Home: least,
    End: most,
  };
  const next = to[key];
  return next === undefined ? null : Math.min(most, Math.max(least, next));
}
