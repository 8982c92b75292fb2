import { expect } from 'playwright/test';
import { focusRead, heardSoFar, keepHeard } from '../support/heard.ts';
import { type Engine, keys, waitFor } from './engine.ts';

/** Longer than any of our pages has places to stop at. */
const mostStops = 120;

/** Somebody at one engine who has a keyboard and no pointer; every step says where the focus is. */
export function walkerAt(engine: Engine, base: string) {
  const matches = (selector: string) =>
    engine.run((given) => document.activeElement?.matches(given) === true, selector);
  const focused = () =>
    engine.run(() => {
      const element = document.activeElement;
      return `${element?.tagName} ${element?.getAttribute('name') ?? element?.textContent?.slice(0, 40)} at ${location.pathname}`;
    });
  /** What is on the page, for the reader of a failure. */
  const seen = () =>
    engine.run(() => `${location.href}: ${document.body.innerText.replace(/\s+/g, ' ').slice(0, 1500)}`);
  const told = async (error: unknown): Promise<never> => {
    throw new Error(`${String(error)}; the focus is on ${await focused()}; ${await seen()}`);
  };
  const toldHeard = async (error: unknown): Promise<never> => {
    throw new Error(`heard: ${JSON.stringify(await engine.run(heardSoFar))}; ${String(error)}`);
  };
  /** How many announcements of the page that is open have been waited for. */
  let heard = 0;
  const walker = {
    ...engine,
    async setFiles(selector: string, paths: readonly string[]): Promise<void> {
      await walker.until(selector);
      await engine.setFiles(selector, paths);
    },
    /** Waits until the page answers with something. */
    untilDone: <T>(ask: () => Promise<T | null | undefined>, what: string, patienceMs?: number): Promise<T> =>
      waitFor(ask, what, patienceMs).catch(told),
    async visit(path: string): Promise<void> {
      // Firefox says of a page that is left half loaded that its service worker failed: the worker's answer broke off.
      const isWhole = () => engine.run(() => document.readyState === 'complete').catch(() => false);
      await walker.untilDone(async () => (await isWhole()) || undefined, 'the page before being whole');
      await engine.goto(new URL(path, base).href);
      await walker.until('main#main');
      await engine.run(keepHeard);
      heard = 0;
    },
    /**
     * This is said, after everything that was waited for before: a sentence, or a part of one. What is said on a page that was
     * loaded as a whole is kept from its first moment that answers.
     */
    async untilHeard(text: string, patienceMs?: number): Promise<void> {
      const ask = async () => {
        const said = await engine.run(heardSoFar);
        if (!said) {
          await engine.run(keepHeard);
          heard = 0;
          return undefined;
        }
        const at = said.findIndex((one, place) => place >= heard && one.includes(text));
        if (at < 0) return undefined;
        heard = at + 1;
        return true;
      };
      const patient = () => ask().catch(() => undefined);
      await walker.untilDone(patient, `hearing "${text}"`, patienceMs).catch(toldHeard);
    },
    hasHeard: async (text: string) =>
      (await engine.run(heardSoFar))?.some((one) => one.includes(text)) ?? false,
    /** The page that was come to without a load is told by its title, once. */
    async untilPageTold(title: string): Promise<void> {
      await walker.untilHeard(title);
      const told = await engine.run(heardSoFar);
      expect((await engine.run(() => document.title)).trim()).toBe(told?.[heard - 1]);
      expect(told?.filter((one) => one === told[heard - 1]).length).toBe(1);
    },
    /** What is read of where the focus is contains this. */
    async expectRead(text: string): Promise<void> {
      const read = () => engine.run(focusRead);
      const ask = async () => (await read().catch(() => ''))?.includes(text) || undefined;
      await walker.untilDone(ask, `reading "${text}"`).catch(async (error) => {
        throw new Error(`${error}; read: ${await read()}`);
      });
    },
    /** Waits until something matches the selector and, where a text is given, contains it. */
    async until(selector: string, text = '', patienceMs?: number): Promise<void> {
      const find = (given: { selector: string; text: string }) =>
        [...document.querySelectorAll(given.selector)].some(({ textContent }) =>
          textContent?.includes(given.text),
        ) || undefined;
      // A page on its way to another one answers nothing.
      const ask = () => engine.run(find, { selector, text }).catch(() => undefined);
      await walker.untilDone(async () => (await ask()) ?? undefined, `${selector} ${text}`, patienceMs);
    },
    async untilAt(path: RegExp, patienceMs?: number): Promise<string> {
      const where = () => engine.run(() => location.pathname).catch(() => '');
      return walker.untilDone(
        async () => {
          const here = await where();
          return path.test(here) ? here : undefined;
        },
        `the page ${path}`,
        patienceMs,
      );
    },
    /** Goes on by Tab until the focus is on what matches; throws when it never is. */
    async tabTo(selector: string): Promise<void> {
      for (let stops = 0; stops < mostStops; stops += 1) {
        await engine.press(keys.tab);
        if (await matches(selector)) return;
      }
      throw new Error(`no way by Tab to ${selector}; the focus is on ${await focused()}`);
    },
    /** The focus comes to be here without a key. */
    async expectFocus(selector: string): Promise<void> {
      const ask = async () => (await matches(selector).catch(() => false)) || undefined;
      await walker.untilDone(ask, `the focus on ${selector}`);
    },
    type: (text: string) => engine.press(...text),
    /** The trimmed text of the first that matches. */
    textOf: (selector: string) =>
      engine.run((given) => document.querySelector(given)?.textContent?.trim() ?? '', selector),
  };
  return walker;
}

export type Walker = ReturnType<typeof walkerAt>;
