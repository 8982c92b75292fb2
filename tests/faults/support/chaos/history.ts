import type { ActionAnswer } from '#scripts/rig/browser.ts';

/** What became of something, as far as the caller was told. */
export type Fate = 'there' | 'gone' | 'unknown';

/** How an act ended for the caller. A refusal means that nothing was done; `unknown` that no answer came. */
export type Outcome = 'done' | 'refused' | 'unknown';

type Act = {
  readonly who: string;
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tookMs: number;
  readonly outcome: Outcome;
  readonly detail: string;
};

/** Everything that was asked and answered, and what should never have been answered. */
export type History = {
  readonly acts: Act[];
  readonly troubles: string[];
  /** Has something asked, and writes down how it ended. */
  attempt(
    who: string,
    what: string,
    work: () => Promise<ActionAnswer>,
  ): Promise<{ readonly outcome: Outcome; readonly answer: ActionAnswer }>;
  /** To be called with each answer over HTTP: one of 500 is a trouble. */
  heard(response: Response): void;
};

export function createHistory(): History {
  const acts: Act[] = [];
  const troubles: string[] = [];
  const trouble = (text: string) => troubles.push(`${new Date().toISOString()} ${text}`);
  return {
    acts,
    troubles,
    async attempt(who, what, work) {
      const at = Date.now();
      const note = (outcome: Outcome, detail: string) =>
        acts.push({ who, what, at, tookMs: Date.now() - at, outcome, detail });
      try {
        const answer = await work();
        const outcome = answer.ok ? 'done' : answer.code === 'answer.lost' ? 'unknown' : 'refused';
        note(outcome, answer.code ?? '');
        if (answer.code === 'internal') trouble(`${who}: ${what} was answered as a bug`);
        return { outcome, answer };
      } catch (error) {
        note('unknown', String(error).slice(0, 200));
        if (/Server Action unavailable/.test(String(error))) trouble(`${what} is no action of its page`);
        return { outcome: 'unknown', answer: { ok: false } };
      }
    },
    heard: (response) => {
      if (response.status === 500) trouble(`${new URL(response.url).pathname} answered 500`);
    },
  };
}
