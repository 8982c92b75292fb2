const steps = 16_384;

/**
 * A curve that is dear to compute and asked millions of times, such as a power: values from `from` to 1 by a table, straight
 * between its points, all others as they are. Where the curve is steep, near 0, let the table begin later.
 */
export function tabled(curve: (value: number) => number, from = 0): (value: number) => number {
  const table = Float64Array.from({ length: steps + 2 }, (_, i) => curve(i / steps));
  return (value) => {
    if (!(value >= from && value <= 1)) return curve(value);
    const at = value * steps;
    const low = at | 0;
    const here = table[low] as number;
    return here + ((table[low + 1] as number) - here) * (at - low);
  };
}
