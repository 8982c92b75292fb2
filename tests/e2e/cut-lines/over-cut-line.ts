import type { Browser, Page } from 'playwright/test';
import { type CuttingLine, startCuttingLine } from '../support/cutting-line.ts';
import { expect, test } from '../support/test.ts';
import { path } from '../support/words.ts';
import { locale, say, type Walk } from './walk.ts';

/** What a walk may take: three presses of which two wait for nothing. */
const walkMs = 90_000;

let line: CuttingLine;
let base = '';

/** Lets every browser of the tests of this file go over a line that can be cut. */
export function useCuttingLine(): void {
  test.beforeEach(async ({ expectFailure, baseURL }) => {
    expectFailure(/./);
    base = baseURL ?? '';
    line = await startCuttingLine();
  });
  test.afterEach(() => line.close());
}

/** A browser of its own behind the line. */
export async function somebody(browser: Browser): Promise<Page> {
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ baseURL: base, viewport, proxy: { server: line.server } });
  context.setDefaultTimeout(20_000);
  context.setDefaultNavigationTimeout(40_000);
  return context.newPage();
}

/** A dialog that closed takes its step of the history back a moment later, which ends a visit that began before. */
async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address).catch((error: Error) => {
    if (!error.message.includes('ERR_ABORTED')) throw error;
    return page.goto(address);
  });
}

/**
 * Asks for an action while the line is cut before the request leaves, then after it was answered, then not at all. Each time
 * the page says that no answer came, stays where it is and keeps what was typed; the third press sends the very same wish,
 * and is answered as the second one was, unheard.
 */
async function walkOverCutLine(page: Page, walk: Walk): Promise<void> {
  const { action, at, type = {}, send } = walk;
  if (at) await visit(page, path(locale, at));
  await walk.open?.(page);
  const button = send(page);
  await expect(button).toBeEnabled();
  const form = button.locator('xpath=ancestor::*[self::form or @role="dialog"][1]');
  const fields = Object.entries(type).map(([name, value]) => ({
    field: form.locator(`[name="${name}"]`),
    value,
  }));
  for (const { field, value } of fields) await field.fill(value);
  const cuts = walk.only ? [walk.only] : (['cut before', 'cut after'] as const);
  line.begin(action, cuts);
  for (const what of [...cuts, 'passed' as const]) {
    const before = page.url();
    await (walk.how ? walk.how(page) : button.click());
    await expect.poll(() => line.calls.at(-1)?.what, { timeout: 20_000, message: what }).toBe(what);
    if ((walk.only ?? 'cut after') === what && walk.found) {
      line.rest();
      return void (await walk.found(page));
    }
    if (what === 'passed') break;
    await expect(page.getByText(say(walk.lost ?? 'errors.answer.lost')).first()).toBeVisible();
    expect(page.url()).toBe(before);
    if (walk.reopens) await walk.open?.(page);
    if (!walk.how) await expect(button).toBeEnabled();
    for (const { field, value } of fields) await expect(field).toHaveValue(value);
  }
  line.rest();
  expect(line.calls.map(({ name }) => name)).toEqual([action, action, action]);
  await walk.after?.(page);
  if (!walk.moves) expect([...new Set(line.calls.map(({ said }) => said))]).toHaveLength(1);
  await expect(page.locator('[role=alert]').filter({ hasText: say('errors.answer.lost') })).toHaveCount(0);
}

/** All of them, although one fails. */
export async function walkAll(page: Page, walks: readonly Walk[]): Promise<void> {
  for (const walk of walks) {
    await test
      .step(walk.action, () => walkOverCutLine(page, walk), { timeout: walkMs })
      .catch(async (error: unknown) => {
        line.rest();
        const picture = test.info().outputPath(`${walk.action}.png`);
        await page.screenshot({ path: picture, timeout: 10_000 }).catch(() => undefined);
        expect.soft(String(error).slice(0, 1500), walk.action).toBe('');
      });
  }
}
