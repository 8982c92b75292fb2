/** One line of people who wait for the same room. */
type Lane<Name extends string> = {
  readonly name: Name;
  /** Units that this lane may hold at once. */
  readonly atOnce: number;
  /** How many may wait in it. */
  readonly maxWaiting: number;
};

type Turn<Name extends string> = {
  readonly lane: Name;
  readonly weight?: number;
  /** Who wants it: those who want much take turns with those who want little. */
  readonly whose?: string;
};

/**
 * Lets at most so many units of work run at once. Lanes come first in the order that they are named in: work of a later one
 * begins only while nobody waits in an earlier one.
 */
export type Lanes<Name extends string> = {
  /**
   * Runs the work in its turn and gives the units back whatever happens. Answers null without running it when the line is
   * full. An owner with less makes room in it: the last work of the owner that has most waiting is turned away.
   */
  run<T>(turn: Turn<Name>, work: () => Promise<T>): Promise<T | null>;
};

type Waiting = { readonly weight: number; readonly begin: (isTurn: boolean) => void };

/** A lane's line: whose turn it is goes round. */
function createLine() {
  const byWhom = new Map<string, Waiting[]>();
  let length = 0;
  return {
    length: () => length,
    head: (): Waiting | undefined => byWhom.values().next().value?.[0],
    join(whose: string, one: Waiting) {
      byWhom.set(whose, [...(byWhom.get(whose) ?? []), one]);
      length += 1;
    },
    /** Takes the head out; the next turn is somebody else's. */
    shift() {
      const [first] = byWhom;
      if (!first) return;
      const [whose, all] = first;
      byWhom.delete(whose);
      if (all.length > 1) byWhom.set(whose, all.slice(1));
      length -= 1;
    },
    /** Turns away the last unit of the owner with most waiting, if that is more than this one would have. */
    makeRoom(whose: string): boolean {
      const [most, all] = [...byWhom].reduce(
        (a, b) => (b[1].length > a[1].length ? b : a),
        ['', [] as Waiting[]],
      );
      if (all.length <= (byWhom.get(whose)?.length ?? 0) + 1) return false;
      byWhom.set(most, all.slice(0, -1));
      length -= 1;
      all.at(-1)?.begin(false);
      return true;
    },
  };
}

/** Makes room for `units` of work, for these lanes, the first of them first. */
export function createLanes<Name extends string>(units: number, lanes: readonly Lane<Name>[]): Lanes<Name> {
  let free = units;
  const all = lanes.map((lane) => ({ ...lane, line: createLine(), held: 0 }));

  function admit(): void {
    for (const lane of all) {
      for (let head = lane.line.head(); head; head = lane.line.head()) {
        if (head.weight > free || lane.held + head.weight > lane.atOnce) break;
        lane.line.shift();
        free -= head.weight;
        lane.held += head.weight;
        head.begin(true);
      }
      // Units of this lane come before all in the lanes after it, unless the lane itself is full.
      const head = lane.line.head();
      if (head && lane.held + head.weight <= lane.atOnce) return;
    }
  }

  return {
    async run({ lane: name, weight = 1, whose = '' }, work) {
      const lane = all.find((one) => one.name === name);
      if (!lane) throw new Error(`no lane ${name}`);
      if (lane.line.length() >= lane.maxWaiting && !lane.line.makeRoom(whose)) return null;
      const taken = Math.min(weight, lane.atOnce, units);
      const isTurn = await new Promise<boolean>((begin) => {
        lane.line.join(whose, { weight: taken, begin });
        admit();
      });
      if (!isTurn) return null;
      try {
        return await work();
      } finally {
        free += taken;
        lane.held -= taken;
        admit();
      }
    },
  };
}

/** Room with one lane. */
export type Semaphore = { run<T>(weight: number, work: () => Promise<T>): Promise<T | null> };

/** First come, first served, so heavy work is never starved by light work behind it. */
export function createSemaphore(units: number, maxWaiting: number): Semaphore {
  const lanes = createLanes(units, [{ name: 'all', atOnce: units, maxWaiting }]);
  return { run: (weight, work) => lanes.run({ lane: 'all', weight }, work) };
}
