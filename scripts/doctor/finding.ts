/** One thing that was looked at. Red: do not open the doors. Amber: it works, and somebody should know. */
export type Finding = {
  readonly part: string;
  readonly state: 'green' | 'amber' | 'red';
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
};

export type Check = Omit<Finding, 'part'>;

export const green = (says: string): Check => ({ state: 'green', says });
export const amber = (says: string, todo: string): Check => ({ state: 'amber', says, todo });
export const red = (says: string, todo: string): Check => ({ state: 'red', says, todo });

/** Runs one look; what breaks while looking is a finding too. */
export async function look(
  part: string,
  check: () => Check | readonly Check[] | Promise<Check | readonly Check[]>,
): Promise<Finding[]> {
  try {
    const found = await check();
    return (Array.isArray(found) ? (found as readonly Check[]) : [found as Check]).map((one) => ({
      part,
      ...one,
    }));
  } catch (error) {
    const kind = error instanceof Error ? (error as NodeJS.ErrnoException).code || error.name : 'unknown';
    return [
      {
        part,
        ...red(`could not be looked at (${kind})`, 'See the other findings first, then run this again.'),
      },
    ];
  }
}
