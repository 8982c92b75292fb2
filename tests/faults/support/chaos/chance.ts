/** Numbers that look like chance and come again from the same seed. */
export type Chance = {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number of at least 0, less than `count`. */
  below(count: number): number;
  between(least: number, most: number): number;
  one<T>(of: readonly T[]): T;
  /** Another chance, which draws nothing from this one later. */
  fork(): Chance;
};

/** Mulberry32, by Tommy Ettinger: one multiplication a number, and enough for choosing faults. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    one: <T>(of: readonly T[]) => of[below(of.length)] as T,
    fork: () => chanceOf(Math.floor(next() * 2 ** 32)),
  };
}
