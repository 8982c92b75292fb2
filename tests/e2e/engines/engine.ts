import { setTimeout as sleep } from 'node:timers/promises';

/** A browser of another make than the one all journeys run in, driven by the W3C's protocols and the keyboard alone. */
export type Engine = {
  goto(url: string): Promise<void>;
  /** Runs a function in the page that is open; what goes in and comes out is JSON. It sees nothing of this file. */
  run<Out, In = null>(work: (given: In) => Out | Promise<Out>, given?: In): Promise<Out>;
  /** Presses keys, each let go before the next; characters, or those of {@link keys}. */
  press(...pressed: readonly string[]): Promise<void>;
  /** Makes the page this wide, in CSS pixels, and as high as a phone. */
  resize(width: number): Promise<void>;
  /** What a file chooser would be given: no driver can open one. */
  setFiles(selector: string, paths: readonly string[]): Promise<void>;
  /** Exceptions and refused content since the beginning, as far as the engine's protocol tells of them. */
  troubles(): readonly string[];
  close(): Promise<void>;
};

/** Keys that are no characters, as the WebDriver standard (section 17.4.2) codes them. */
export const keys = {
  tab: '\uE004',
  enter: '\uE006',
  escape: '\uE00C',
  space: ' ',
  left: '\uE012',
  up: '\uE013',
  right: '\uE014',
  down: '\uE015',
} as const;

/** Both protocols take the same actions. */
export const keyActions = (pressed: readonly string[]) => [
  {
    type: 'key',
    id: 'keyboard',
    actions: pressed.flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]),
  },
];

/** The text of a call of `work`, whose answer is the text of its JSON; `undefined` is null. */
export const callText = (work: unknown, given: unknown) =>
  `Promise.resolve((${String(work)})(${JSON.stringify(given ?? null)})).then((answer) => JSON.stringify(answer ?? null))`;

/** Asks until there is an answer (what comes out of a page as nothing is null), or throws when that takes longer than `patienceMs`. */
export async function waitFor<T>(
  ask: () => Promise<T | null | undefined>,
  what: string,
  patienceMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${patienceMs / 1000} s: ${what}`);
    await sleep(100);
  }
}
