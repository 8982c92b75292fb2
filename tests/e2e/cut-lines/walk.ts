import type { Locator, Page } from 'playwright/test';
import type { Cut } from '../support/cutting-line.ts';
import { words } from '../support/words.ts';

/** The walks are in English: what a cut line does is the same in both languages. */
export const locale = 'en';
export const say = (key: string) => words(locale, key);

/** One action, as a person comes to it and asks for it. */
export type Walk = {
  /** `feature.action`. */
  readonly action: string;
  /** Where it is asked for; where one is already, when left out. */
  readonly at?: string;
  /** The way from the page to the form or the button. */
  readonly open?: (page: Page) => Promise<unknown>;
  /** What is typed, by the names of the fields. */
  readonly type?: Readonly<Record<string, string>>;
  /** What is pressed. */
  readonly send: (page: Page) => Locator;
  /** How, where it is no press. */
  readonly how?: (page: Page) => Promise<unknown>;
  /** What the page says when no answer came, where it says more than that. */
  readonly lost?: string;
  /** The way is gone again each time no answer came: the dialog has closed. */
  readonly reopens?: boolean;
  /** The page shows by itself what was made, so that the last press asks for something else. */
  readonly moves?: boolean;
  /** Waits for the page to have found out by itself what was made unheard: there is nothing left to ask for. */
  readonly found?: (page: Page) => Promise<unknown>;
  /** It is pressed once, with the line cut so, and the page finds out by itself (`found`). */
  readonly only?: Cut;
  /** Where it is seen that it was made, and once. */
  readonly after?: (page: Page) => Promise<unknown>;
};

const dialog = (page: Page) => page.getByRole('dialog').last();

/** The button with this sentence, in the dialog that is open or else on the page. */
export const button = (key: string, within: 'page' | 'dialog' = 'page') => {
  const name = say(key).replace(/\{\w+\}/g, '\u0000');
  const pattern = new RegExp(`^${name.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('\u0000', '.*')}$`);
  return (page: Page) =>
    (within === 'dialog' ? dialog(page) : page).getByRole('button', { name: pattern }).first();
};
/** The one that sends the form with this field. */
export const submitOf = (field: string) => (page: Page) =>
  page.locator(`form:has([name=${field}]) [type=submit]`).last();
export const submitOfDialog = (page: Page) => dialog(page).locator('[type=submit]');
/** The second button of a dialog that asks once. */
export const confirm = (page: Page) => dialog(page).locator('[name=confirm]');
/** The page says this. */
export const seen = (key: string) => (page: Page) => page.getByText(say(key)).first().waitFor();
/** Presses one after the other. */
export const press =
  (...found: readonly ((page: Page) => Locator)[]) =>
  async (page: Page) => {
    for (const one of found) await one(page).click();
  };
